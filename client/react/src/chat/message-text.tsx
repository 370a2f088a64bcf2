import type { ParticipantId } from "@flagship/core";
import { Fragment, type ReactNode } from "react";
import { useSessionState } from "../session/context.tsx";
import { withLinks } from "./links.tsx";
import { mentionedIn } from "./mentions.ts";

interface MessageTextProps {
  content: string;
  mentions?: readonly ParticipantId[] | undefined;
}

/** What a message says: its addresses are links, and those whom it mentions stand out. */
export function MessageText({ content, mentions = [] }: MessageTextProps): ReactNode {
  const participants = useSessionState((state) => state.participants);
  const selfId = useSessionState((state) => state.selfId);
  if (mentions.length === 0) return withLinks(content);
  const people = mentions.flatMap((id) => participants[id] ?? []);
  return mentionedIn(content, people).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    <Fragment key={index}>
      {part.id === undefined ? (
        withLinks(part.text)
      ) : (
        <span className="flagship-mention" data-self={part.id === selfId}>
          {part.text}
        </span>
      )}
    </Fragment>
  ));
}
