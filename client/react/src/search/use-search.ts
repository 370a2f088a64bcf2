import type { DirectMessage, Message, RoomId } from "@flagship/core";
import { useRef, useState } from "react";
import { type ConversationId, directWith } from "../chat/conversations.ts";
import { useSession } from "../session/context.tsx";

/** A message that was found, and where it was said. */
export interface Found {
  id: string;
  conversation: ConversationId;
  senderId: string;
  senderAlias: string;
  content: string;
  createdAt: number;
}

/** What a search has come to so far. */
export interface Findings {
  /** What was looked for. */
  text: string;
  /** Newest first. */
  found: readonly Found[];
  /** Where to look further back; `null` when all was looked at. */
  before: number | null;
}

/** The least to find before a look is over, and the most looks at once: a look costs the service much. */
const ENOUGH = 1;
const LOOKS = 3;

/** Looks for messages, further back with each page. */
export function useSearch() {
  const session = useSession();
  const [findings, setFindings] = useState<Findings>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  // Of two searches the later one counts, whichever is answered first.
  const latest = useRef(0);

  const look = async (from: Findings, room: RoomId | undefined) => {
    latest.current += 1;
    const turn = latest.current;
    setIsBusy(true);
    setError(undefined);
    try {
      let { found, before } = from;
      for (let count = 0; count < LOOKS; count += 1) {
        const page = await session.search(from.text, {
          before,
          ...(room !== undefined && { room }),
        });
        if (turn !== latest.current) return;
        found = [...found, ...foundIn(page, session.store.getState().selfId)];
        before = page.before;
        setFindings({ text: from.text, found, before });
        if (before === null || found.length >= from.found.length + ENOUGH) break;
      }
    } catch (thrown) {
      if (turn === latest.current) setError(thrown);
    } finally {
      if (turn === latest.current) setIsBusy(false);
    }
  };

  return {
    findings,
    error,
    isBusy,
    /** In one room, or in all that one may read and among one's direct messages. */
    search: (text: string, room: RoomId | undefined) =>
      look({ text, found: [], before: null }, room),
    further: (room: RoomId | undefined) => findings && look(findings, room),
  };
}

function foundIn(
  { messages, directMessages = [] }: { messages: Message[]; directMessages?: DirectMessage[] },
  selfId: string | null,
): Found[] {
  const inRooms = messages.map((message) => ({ ...message, conversation: message.roomId }));
  const direct = directMessages.map((message) => ({
    ...message,
    conversation: directWith(message.senderId === selfId ? message.recipientId : message.senderId),
  }));
  return [...inRooms, ...direct].sort((a, b) => b.createdAt - a.createdAt);
}
