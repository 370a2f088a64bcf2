import type { Participant } from "@flagship/core";
import { directWith } from "../chat/conversations.ts";
import { useShownChat } from "../chat/shown-chat.ts";
import { useT } from "../i18n/messages.ts";

/** Opens the conversation with somebody that nobody else hears. */
export function WriteButton({ person }: { person: Participant }) {
  const t = useT();
  const [, choose] = useShownChat();
  return (
    <button
      type="button"
      className="flagship-plain"
      aria-label={t("people.messageWhom", { name: person.alias })}
      onClick={() => choose(directWith(person.id))}
    >
      {t("people.message")}
    </button>
  );
}
