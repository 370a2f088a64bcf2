import { useEffect, useRef } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { type ConversationId, directWith } from "./conversations.ts";
import { excerpt } from "./quote.tsx";

/** Says what others write to oneself alone, or where they mention one, in a conversation that is not shown. */
export function useDirectNotices(shown: ConversationId): void {
  const t = useT();
  const session = useSession();
  const notify = useNotify();
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });

  useEffect(() => {
    const { store } = session;
    let before = store.getState();
    return store.subscribe(() => {
      const now = store.getState();
      const was = before;
      before = now;
      // The first of it is what was there already.
      if (was.session === null) return;
      if (was.own.directMessages !== now.own.directMessages) {
        const known = new Set(was.own.directMessages?.map(({ id }) => id));
        for (const message of now.own.directMessages ?? []) {
          const { id, senderId, senderAlias, content, deletedAt } = message;
          if (known.has(id) || senderId === now.selfId || deletedAt !== undefined) continue;
          if (latest.current === directWith(senderId)) continue;
          notify("info", t("chat.says", { name: senderAlias, text: excerpt(content) }));
        }
      }
      if (was.messages === now.messages) return;
      for (const [roomId, { items }] of Object.entries(now.messages)) {
        const held = was.messages[roomId];
        if (!held || held.items === items || roomId === latest.current) continue;
        const last = held.items.at(-1)?.seq ?? 0;
        for (const { seq, senderAlias, senderId, mentions, content } of items) {
          if (seq <= last || senderId === now.selfId) continue;
          if (now.selfId === null || !mentions?.includes(now.selfId)) continue;
          notify("info", t("chat.mentioned", { name: senderAlias, text: excerpt(content) }));
        }
      }
    });
  }, [session, notify, t]);
}
