import type { MessageId } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useMessageFinder } from "./chat-context.ts";

/** What a message answers, and the way there. */
export function Quote({ id }: { id: MessageId }) {
  const t = useT();
  const { find, jumpTo } = useMessageFinder();
  const original = find(id);
  const words =
    original === undefined
      ? t("chat.quoteUnknown")
      : t("chat.quote", {
          name: original.senderAlias,
          text: original.deletedAt === undefined ? excerpt(original.content) : t("chat.deleted"),
        });
  return (
    <button type="button" className="flagship-quote" dir="auto" onClick={() => jumpTo(id)}>
      {words}
    </button>
  );
}

/** The most characters of a message that stand for it. */
const MOST = 120;

/** The beginning of a message in one line. */
export function excerpt(content: string): string {
  const line = content.replaceAll(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join("")}…` : line;
}
