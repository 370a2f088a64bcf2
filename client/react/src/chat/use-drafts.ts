import type { Message } from "@flagship/core";
import { useCallback, useState } from "react";
import type { ConversationId } from "./conversations.ts";

/** What somebody has begun to write. */
export interface Draft {
  text: string;
  /** The message that it answers, or is to stand in place of. */
  about?: { kind: "answer" | "edit"; message: Message };
}

const EMPTY: Draft = { text: "" };

/** What was begun in each conversation: it waits there while one is in another. */
export function useDrafts(): [
  of: (id: ConversationId) => Draft,
  keep: (id: ConversationId, change: (held: Draft) => Draft) => void,
] {
  const [drafts, setDrafts] = useState<Readonly<Record<ConversationId, Draft>>>({});
  const keep = useCallback(
    (id: ConversationId, change: (held: Draft) => Draft) =>
      setDrafts((held) => ({ ...held, [id]: change(held[id] ?? EMPTY) })),
    [],
  );
  return [(id) => drafts[id] ?? EMPTY, keep];
}
