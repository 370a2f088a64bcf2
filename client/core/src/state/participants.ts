import type {
  Assignment,
  Participant,
  ParticipantId,
  RoomId,
  SequencedEvent,
} from "../generated/protocol.ts";
import { without } from "./records.ts";

/** Everyone who is in the session, by id. */
export type Participants = Readonly<Record<ParticipantId, Participant>>;

/** The session's own room, which always exists. */
export const MAIN_ROOM: RoomId = "main";

export function participantsOf(participants: readonly Participant[]): Participants {
  return Object.fromEntries(participants.map((participant) => [participant.id, participant]));
}

/** Who is in the session, and where, after an event. */
export function reduceParticipants(held: Participants, event: SequencedEvent): Participants {
  switch (event.type) {
    case "participant_joined":
    case "participant_updated":
      return { ...held, [event.participant.id]: event.participant };
    case "participant_left":
    case "participant_banned":
      return without(held, event.participantId);
    case "breakout_room_joined":
      return place(held, event.participantId, () => event.roomId);
    case "breakout_room_left":
      // Whoever is elsewhere already went there after they left this room.
      return place(held, event.participantId, (at) => (at === event.roomId ? MAIN_ROOM : at));
    case "participants_assigned":
      return event.assignments.reduce(assign, held);
    case "breakout_room_deleted":
      return Object.values(held)
        .filter((participant) => participant.assignedRoomId === event.roomId)
        .map(({ id }): Assignment => ({ participantId: id, roomId: null }))
        .reduce(assign, held);
    default:
      return held;
  }
}

function assign(held: Participants, { participantId, roomId }: Assignment): Participants {
  // Somebody who left can be assigned too: they come back with it.
  const participant = held[participantId];
  if (!participant) return held;
  return { ...held, [participantId]: { ...participant, assignedRoomId: roomId } };
}

function place(held: Participants, id: ParticipantId, where: (at: RoomId) => RoomId): Participants {
  const participant = held[id];
  if (!participant) return held;
  const roomId = where(participant.roomId);
  return roomId === participant.roomId ? held : { ...held, [id]: { ...participant, roomId } };
}
