import type { Message, MessageGap, PendingMessage, RoomRound } from "@flagship/core";

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
  /** Whether something was said between it and the message above that the reader may not read. */
  readonly isAfterGap: boolean;
  /** The opening of the room that parts it from the message above; `undefined` if none does. */
  readonly opening: Opening | undefined;
}

/** What an opening of a room begins: another round, or the same once more. */
export interface Opening {
  readonly round: number;
  readonly isNewRound: boolean;
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
  /** Where messages are that the reader may not read, oldest first. */
  gaps?: readonly MessageGap[];
  /** When the room was opened, oldest first. */
  rounds?: readonly RoomRound[];
}

/** Whether a row's message is settled: it has a place in the room's order. */
export function isSettled(message: Message | PendingMessage): message is Message {
  return "seq" in message;
}

/** The rows of a room, oldest first. */
export function rowsOf(said: Said): readonly Row[] {
  const { items, pending, selfId, seenUpTo, gaps = [], rounds = [] } = said;
  const rows: Row[] = [];
  let above: Message | undefined;
  let before: Message | PendingMessage | undefined;
  let isMarked = seenUpTo === null;
  for (const message of items) {
    const isOwn = message.senderId === selfId;
    const isFirstUnread = !isMarked && !isOwn && message.seq > (seenUpTo ?? 0);
    isMarked ||= isFirstUnread;
    const isNewDay = !before || !isSameDay(before.createdAt, message.createdAt);
    const isAfterGap = gaps.some((gap) => isBetween(gap, above, message));
    const opening = openingBetween(rounds, above, message);
    const isParted = isNewDay || isFirstUnread || isAfterGap || opening !== undefined;
    rows.push({
      key: isOwn ? message.commandId : message.id,
      message,
      isContinued: !isParted && continues(before, message),
      isNewDay,
      isFirstUnread,
      isAfterGap,
      opening,
    });
    above = message;
    before = message;
  }
  for (const message of pending) {
    rows.push({
      key: message.commandId,
      message,
      isContinued: before !== undefined && ownContinues(before, message, selfId),
      isNewDay: false,
      isFirstUnread: false,
      isAfterGap: false,
      opening: undefined,
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

/** Whether a stretch lies between two messages, or before the first that is held. */
function isBetween(gap: MessageGap, above: Message | undefined, message: Message): boolean {
  return (above?.seq ?? 0) <= gap.after && gap.before <= message.seq;
}

/** The last opening between two messages, as against the one before. Above the first message there is none to part. */
function openingBetween(
  rounds: readonly RoomRound[],
  above: Message | undefined,
  message: Message,
): Opening | undefined {
  const place = rounds.findLastIndex(({ after }) => after < message.seq);
  const opened = rounds[place];
  if (!above || !opened || opened.after < above.seq) return undefined;
  const { round } = opened;
  return { round, isNewRound: round > (rounds[place - 1]?.round ?? 0) };
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
