import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { errorText } from "../shared/error-text.ts";
import { useNotify } from "../shared/notices.tsx";
import { type ConversationId, partnerOf } from "./conversations.ts";
import { mentionsOf } from "./mentions.ts";
import type { Draft } from "./use-drafts.ts";

/** Sends what was written: something new, or in place of what was said. The field is empty after it. */
export function useSend(
  id: ConversationId,
  draft: Draft,
  onDraft: (draft: Draft) => void,
): () => void {
  const t = useT();
  const notify = useNotify();
  const session = useSession();

  return () => {
    const { text, about } = draft;
    const partner = partnerOf(id);
    const replyTo = about?.kind === "answer" ? about.message.id : undefined;
    const people = Object.values(session.store.getState().participants);
    const mentions = partner === undefined ? mentionsOf(text, people) : [];
    // An edit that is refused would be lost, so it comes back into the field. What is new shows its refusal itself,
    // with a way to send it again.
    const giveBack = (error: unknown) => {
      notify("error", errorText(t, error));
      onDraft(draft);
    };
    onDraft({ text: "" });
    if (about?.kind === "edit") {
      if (text === about.message.content) return;
      session.commands
        .editMessage(about.message.id, text, partner === undefined ? mentions : undefined)
        .catch(giveBack);
    } else if (partner !== undefined) {
      session.commands.sendDirectMessage(partner, text, replyTo).catch(() => {});
    } else {
      session.commands
        .sendMessage(id, text, {
          ...(replyTo !== undefined && { replyTo }),
          ...(mentions.length > 0 && { mentions }),
        })
        .catch(() => {});
    }
  };
}
