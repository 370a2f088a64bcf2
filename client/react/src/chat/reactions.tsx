import type { Message } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { aliasOf } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { useChatActions } from "./chat-context.ts";

/** The most names written out. */
const MOST = 12;

/** What people put to a message; one's own can be put there and taken away. */
export function Reactions({ message }: { message: Message }) {
  const t = useT();
  const formats = useFormats();
  const session = useSession();
  const { run } = useAction();
  const actions = useChatActions();
  const selfId = useSessionState((state) => state.selfId);
  const participants = useSessionState((state) => state.participants);
  if (!message.reactions || message.reactions.length === 0) return null;
  return (
    <ul className="flagship-reactions">
      {message.reactions.map(({ emoji, participantIds }) => {
        const isMine = selfId !== null && participantIds.includes(selfId);
        const names = participantIds.slice(0, MOST).map((id) => aliasOf(t, participants, id));
        const more = participantIds.length - MOST;
        const all = formats.list(more > 0 ? [...names, `+${formats.number(more)}`] : names);
        const words = t("chat.reaction", { emoji, count: participantIds.length, names: all });
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={isMine}
              aria-label={words}
              title={words}
              aria-disabled={!actions?.maySpeak}
              onClick={() =>
                actions?.maySpeak &&
                void run(() => session.commands.reactToMessage(message.id, emoji, !isMine))
              }
            >
              <span>{emoji}</span> {formats.number(participantIds.length)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
