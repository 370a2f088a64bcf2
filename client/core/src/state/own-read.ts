import type { DirectMessage, ParticipantId, RoomId, StreamId } from "../generated/protocol.ts";
import { personOf, roomOf } from "../streams.ts";

/** How far this person has read, on whichever device. It never goes back. */
export interface OwnRead {
  /** The `seq` of the last message that they have seen, by room. */
  readonly rooms: Readonly<Record<RoomId, number>>;
  /** The `directPosition` of the last direct message that they have seen, by whom it was with. */
  readonly direct: Readonly<Record<ParticipantId, number>>;
}

export const READ_NOTHING: OwnRead = { rooms: {}, direct: {} };

/** The place of a direct message in time, beside all others: the number in its id. */
export function directPosition({ id }: Pick<DirectMessage, "id">): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}

/** Takes over positions that are further. The same if none is. */
export function readFurther(held: OwnRead, read: Readonly<Record<StreamId, number>>): OwnRead {
  const rooms: Record<RoomId, number> = {};
  const direct: Record<ParticipantId, number> = {};
  for (const [stream, position] of Object.entries(read)) {
    const [room, person] = [roomOf(stream), personOf(stream)];
    if (room !== undefined && position > (held.rooms[room] ?? 0)) rooms[room] = position;
    if (person !== undefined && position > (held.direct[person] ?? 0)) direct[person] = position;
  }
  if (Object.keys(rooms).length + Object.keys(direct).length === 0) return held;
  return { rooms: { ...held.rooms, ...rooms }, direct: { ...held.direct, ...direct } };
}
