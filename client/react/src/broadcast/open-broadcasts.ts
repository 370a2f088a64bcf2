import {
  MAIN_ROOM,
  type Message,
  type MessageId,
  type RoomId,
  type SessionState,
  selectSelf,
} from "@flagship/core";

/** Most broadcasts that are shown at once: more would cover the page. Older ones are in the chat. */
export const MOST_OPEN = 5;

/** Most dismissals that are remembered: the number of messages that a snapshot has of main and one room. */
export const MOST_DISMISSED = 100;

/** A broadcast that is shown, as it is stored through a reload: without its content. */
export interface OpenBroadcast {
  readonly id: MessageId;
  readonly roomId: RoomId;
}

/** The stored state of broadcasts. */
export interface BroadcastMemory {
  /** The broadcasts that were shown last: after a reload the snapshot may not reach back to them. */
  readonly open: readonly OpenBroadcast[];
  readonly dismissed: readonly MessageId[];
}

export const NO_BROADCASTS: BroadcastMemory = { open: [], dismissed: [] };

/**
 * The broadcasts to be shown, newest first: those that other participants sent to everyone or to the room of this one
 * since it joined the session, and that it has not dismissed.
 */
export function openBroadcasts(
  state: Pick<SessionState, "messages" | "participants" | "selfId">,
  dismissed: readonly MessageId[],
): readonly Message[] {
  const self = selectSelf(state as SessionState);
  if (!self) return [];
  const rooms = [...new Set([MAIN_ROOM, self.roomId])];
  return rooms
    .flatMap((room) => state.messages[room]?.items ?? [])
    .filter(
      (message) =>
        message.broadcast &&
        message.senderId !== self.id &&
        message.deletedAt === undefined &&
        message.createdAt >= self.joinedAt &&
        !dismissed.includes(message.id),
    )
    .sort((one, other) => other.createdAt - one.createdAt || other.seq - one.seq)
    .slice(0, MOST_OPEN);
}

/** The memory after a broadcast was dismissed. */
export function dismiss(memory: BroadcastMemory, id: MessageId): BroadcastMemory {
  if (memory.dismissed.includes(id)) return memory;
  return {
    open: memory.open.filter((broadcast) => broadcast.id !== id),
    dismissed: [...memory.dismissed, id].slice(-MOST_DISMISSED),
  };
}

/** The memory with these broadcasts as shown. The same object if nothing changes. */
export function standing(memory: BroadcastMemory, shown: readonly Message[]): BroadcastMemory {
  const added = shown.filter(({ id }) => !memory.open.some((broadcast) => broadcast.id === id));
  if (added.length === 0) return memory;
  const open = [...added.map(({ id, roomId }) => ({ id, roomId })), ...memory.open];
  return { ...memory, open: open.slice(0, MOST_OPEN) };
}

export function readBroadcasts(key: string): BroadcastMemory {
  try {
    const held: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return isMemory(held) ? held : NO_BROADCASTS;
  } catch {
    // Storage is switched off, or the value is malformed.
    return NO_BROADCASTS;
  }
}

export function keepBroadcasts(key: string, memory: BroadcastMemory): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(memory));
  } catch {
    // It is kept for as long as the page is open, then.
  }
}

function isMemory(held: unknown): held is BroadcastMemory {
  if (typeof held !== "object" || held === null) return false;
  if (!("open" in held) || !("dismissed" in held)) return false;
  const { open, dismissed } = held;
  return (
    Array.isArray(open) &&
    open.every((it) => typeof it?.id === "string" && typeof it?.roomId === "string") &&
    Array.isArray(dismissed) &&
    dismissed.every((id) => typeof id === "string")
  );
}
