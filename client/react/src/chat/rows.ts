import type { Message, PendingMessage } from "@flagship/core";

/** Words of one person within this time stand under one name. Milliseconds. */
const GROUP_MS = 3 * 60 * 1000;

/** One line of a list of messages. What stands above a message belongs to its row, so that a row is a list item. */
export interface Row {
  /** The same before and after a message of one's own is settled, so that it does not blink. */
  readonly key: string;
  readonly message: Message | PendingMessage;
  /** Whether it goes on under the name above. */
  readonly isContinued: boolean;
  /** Whether it is the first of its day, and the day is written above it. */
  readonly isNewDay: boolean;
  /** Whether it is the first that the reader has not seen. */
  readonly isFirstUnread: boolean;
}

/** What the rows are made of. */
export interface Said {
  /** By `seq`. */
  items: readonly Message[];
  /** One's own in this room that are not settled, oldest first. */
  pending: readonly PendingMessage[];
  selfId: string | null;
  /** The `seq` that the reader has got to; `null` where nothing is to be marked as new. */
  seenUpTo: number | null;
}

/** Whether a row's message is settled: it has a place in the room's order. */
export function isSettled(message: Message | PendingMessage): message is Message {
  return "seq" in message;
}

/** The rows of a room, oldest first. */
export function rowsOf({ items, pending, selfId, seenUpTo }: Said): readonly Row[] {
  const rows: Row[] = [];
  let before: Message | PendingMessage | undefined;
  let isMarked = seenUpTo === null;
  for (const message of items) {
    const isOwn = message.senderId === selfId;
    const isFirstUnread = !isMarked && !isOwn && message.seq > (seenUpTo ?? 0);
    isMarked ||= isFirstUnread;
    const isNewDay = !before || !isSameDay(before.createdAt, message.createdAt);
    rows.push({
      key: isOwn ? message.commandId : message.id,
      message,
      isContinued: !isNewDay && !isFirstUnread && continues(before, message),
      isNewDay,
      isFirstUnread,
    });
    before = message;
  }
  for (const message of pending) {
    rows.push({
      key: message.commandId,
      message,
      isContinued: before !== undefined && ownContinues(before, message, selfId),
      isNewDay: false,
      isFirstUnread: false,
    });
    before = message;
  }
  return rows;
}

/** How many of a room's messages others wrote after the `seq` that the reader has got to. */
export function unreadOf(
  items: readonly Message[],
  seenUpTo: number,
  selfId: string | null,
): number {
  let count = 0;
  // From the end: nearly all of a long room has been seen.
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const message = items[index];
    if (!message || message.seq <= seenUpTo) break;
    if (message.senderId !== selfId) count += 1;
  }
  return count;
}

function continues(before: Message | PendingMessage | undefined, message: Message): boolean {
  if (!before || !isSettled(before) || before.broadcast || message.broadcast) return false;
  return before.senderId === message.senderId && message.createdAt - before.createdAt < GROUP_MS;
}

function ownContinues(
  before: Message | PendingMessage,
  message: PendingMessage,
  selfId: string | null,
): boolean {
  const isOwn = !isSettled(before) || before.senderId === selfId;
  // The clock of this device may be off against the server's, in either way.
  return isOwn && Math.abs(message.createdAt - before.createdAt) < GROUP_MS;
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
