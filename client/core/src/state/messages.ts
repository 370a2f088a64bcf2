import type { Message, MessageGap, MessagesPage, RoomId } from "../generated/protocol.ts";
import { without } from "./records.ts";
import { newer } from "./said.ts";

/** What is held of a room's messages: an unbroken run up to the newest. */
export interface RoomMessages {
  /** By `seq`, each once. */
  readonly items: readonly Message[];
  /** Give it as `before` for the page of older messages; `null` when there are none. */
  readonly older: number | null;
  /**
   * Where messages were said that this person may not read, oldest first, as far as pages of older messages have told.
   * Absent where there is nothing of the kind.
   */
  readonly gaps?: readonly MessageGap[];
}

/** The messages of the rooms that are followed, and of those that were paged through, by room. */
export type Messages = Readonly<Record<RoomId, RoomMessages>>;

/** Begins to hold a room's messages: the newest ones, and the `seq` up to which the room has any. */
export function beginRoom(
  held: Messages,
  roomId: RoomId,
  newest: readonly Message[],
  seq: number,
): Messages {
  const items = insert([], newest);
  const first = items[0]?.seq ?? seq + 1;
  return { ...held, [roomId]: { items, older: first > 1 ? first : null } };
}

/** Forgets the messages of rooms other than these: without their stream they would go stale. */
export function keepRooms(held: Messages, rooms: readonly RoomId[]): Messages {
  return Object.keys(held)
    .filter((roomId) => !rooms.includes(roomId))
    .reduce<Messages>(without, held);
}

/** Adds a message to its room, if the room is held and the message is not older than the run that is held. */
export function addMessage(held: Messages, message: Message): Messages {
  const room = held[message.roomId];
  if (!room || (room.older !== null && message.seq < room.older)) return held;
  const items = insert(room.items, [message]);
  return items === room.items ? held : { ...held, [message.roomId]: { ...room, items } };
}

/**
 * Puts pages of older messages in front, the newest page first, each of which begins where the one after it was asked
 * for, or before that. `before` is the cursor that the first was asked with: if the room has moved on since, they would
 * leave a hole, and are dropped.
 */
export function addPages(
  held: Messages,
  roomId: RoomId,
  before: number | null,
  pages: readonly MessagesPage[],
): Messages {
  const room = held[roomId] ?? { items: [], older: null };
  const last = pages.at(-1);
  if (room.older !== before || !last) return held;
  const items = insert(
    room.items,
    pages.flatMap(({ messages }) => messages),
  );
  const gaps = withGaps(
    room.gaps ?? [],
    pages.flatMap((page) => page.gaps ?? []),
  );
  const after = { items, older: last.before, ...(gaps.length > 0 && { gaps }) };
  return { ...held, [roomId]: after };
}

/** By where they begin, each once. */
function withGaps(held: readonly MessageGap[], added: readonly MessageGap[]): MessageGap[] {
  const known = new Map([...held, ...added].map((gap) => [gap.after, gap]));
  return [...known.values()].sort((a, b) => a.after - b.after);
}

/** By `seq`, each once, in its newest version. The same array if nothing is new. */
function insert(held: readonly Message[], added: readonly Message[]): readonly Message[] {
  const known = new Map(held.map((message) => [message.seq, message]));
  let isSame = true;
  for (const message of added) {
    const before = known.get(message.seq);
    const after = before ? newer(before, message) : message;
    if (after === before) continue;
    known.set(message.seq, after);
    isSame = false;
  }
  return isSame ? held : [...known.values()].sort((a, b) => a.seq - b.seq);
}
