import { partnerOf } from "../chat/conversations.ts";
import { dayInWords } from "../chat/moments.ts";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { aliasOf, roomName } from "../shared/names.ts";
import { marked } from "./marked.ts";
import type { Found } from "./use-search.ts";

interface FoundMessageProps {
  found: Found;
  /** What was looked for. */
  wanted: string;
  isDisabled: boolean;
  onOpen: () => void;
}

/** A message that was found: where, by whom and when it was said, and the way there. */
export function FoundMessage({ found, wanted, isDisabled, onOpen }: FoundMessageProps) {
  const t = useT();
  const formats = useFormats();
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const { conversation, createdAt } = found;
  const partner = partnerOf(conversation);
  const place =
    partner === undefined
      ? roomName(t, rooms, conversation)
      : t("chat.directWith", { name: aliasOf(t, participants, partner) });
  return (
    <li>
      <button type="button" disabled={isDisabled} onClick={onOpen}>
        <span className="flagship-found-head">
          <strong>{found.senderAlias}</strong>
          <span className="flagship-tag">{place}</span>
          <time className="flagship-hint" dateTime={new Date(createdAt).toISOString()}>
            {t("search.at", {
              day: dayInWords(t, formats, createdAt),
              time: formats.timeOfDay(createdAt),
            })}
          </time>
        </span>
        <span className="flagship-content" dir="auto">
          {marked(found.content, wanted).map(({ text, isFound }, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
            isFound ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
          )}
        </span>
      </button>
    </li>
  );
}
