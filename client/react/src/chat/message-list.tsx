import type { Message } from "@flagship/core";
import { useRef } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { MessageItem } from "./message-item.tsx";
import { PendingItem } from "./pending-item.tsx";
import { useKeepPlace } from "./use-keep-place.ts";

/** Words of one person within this time stand under one name. Milliseconds. */
const GROUP_MS = 3 * 60 * 1000;

const NONE: readonly Message[] = [];

/** What was said in a room, oldest first, with one's own unsettled messages at the end. */
export function MessageList({ roomId, roomName }: { roomId: string; roomName: string }) {
  const session = useSession();
  const items = useSessionState((state) => state.messages[roomId]?.items ?? NONE);
  const older = useSessionState((state) => state.messages[roomId]?.older ?? null);
  const selfId = useSessionState((state) => state.selfId);
  const allPending = useSessionState((state) => state.pending);
  const pending = allPending.filter((message) => message.roomId === roomId);
  const { isBusy, run } = useAction();
  const list = useRef<HTMLDivElement>(null);
  useKeepPlace(list, items[0]?.seq, `${items.at(-1)?.seq} ${pending.length}`);

  return (
    <div
      ref={list}
      className="messages"
      role="log"
      aria-label={`Messages in ${roomName}`}
      aria-busy={isBusy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or keys cannot scroll it
      tabIndex={0}
    >
      {older !== null && (
        <button
          type="button"
          className="older"
          disabled={isBusy}
          onClick={() => void run(() => session.loadOlder(roomId))}
        >
          {isBusy ? "Loading…" : "Load older messages"}
        </button>
      )}
      {items.length + pending.length === 0 && (
        <p className="hint empty">Nothing was said in {roomName} yet.</p>
      )}
      <ol>
        {items.map((message, index) => (
          <MessageItem
            key={message.seq}
            message={message}
            isOwn={message.senderId === selfId}
            isContinued={continues(items[index - 1], message)}
          />
        ))}
        {pending.map((message) => (
          <PendingItem key={message.commandId} message={message} />
        ))}
      </ol>
    </div>
  );
}

function continues(before: Message | undefined, message: Message): boolean {
  return before?.senderId === message.senderId && message.createdAt - before.createdAt < GROUP_MS;
}
