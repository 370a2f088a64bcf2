import type { ParticipantId, RoomId, SequencedEvent } from "../generated/protocol.ts";

/** Somebody who is writing. */
export interface Writer {
  /** Where; `null` if to this person alone. */
  readonly roomId: RoomId | null;
  readonly participantId: ParticipantId;
  /** When this is no longer true unless said again, milliseconds since the epoch. */
  readonly until: number;
}

/** Everyone who is writing, longest first. */
export type Typing = readonly Writer[];

/** How long somebody counts as writing after the last word of it. Milliseconds. */
export const TYPING_FOR_MS = 5_000;

export function startTyping(held: Typing, writer: Writer): Typing {
  const known = held.some((other) => same(other, writer));
  return known ? held.map((other) => (same(other, writer) ? writer : other)) : [...held, writer];
}

/** Somebody said what they wrote. */
export function stopTyping(held: Typing, who: Omit<Writer, "until">): Typing {
  return held.some((other) => same(other, who)) ? held.filter((other) => !same(other, who)) : held;
}

/** Somebody said to one alone what they wrote. */
export function stopTypingDirectly(held: Typing, event: SequencedEvent): Typing {
  if (event.type !== "direct_message_created") return held;
  return stopTyping(held, { roomId: null, participantId: event.message.senderId });
}

/** `now`: milliseconds since the epoch. */
export function expireTyping(held: Typing, now: number): Typing {
  return held.some(({ until }) => until <= now) ? held.filter(({ until }) => until > now) : held;
}

function same(a: Omit<Writer, "until">, b: Omit<Writer, "until">): boolean {
  return a.participantId === b.participantId && a.roomId === b.roomId;
}
