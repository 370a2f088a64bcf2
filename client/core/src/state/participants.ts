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

/** Whether what somebody writes in a room is held back: there, or in the whole session. */
export function isMutedIn({ muted, mutedIn }: Participant, roomId: RoomId): boolean {
  return muted || (mutedIn?.includes(roomId) ?? false);
}

/** Who is in the session, and where, after an event. */
export function reduceParticipants(held: Participants, event: SequencedEvent): Participants {
  switch (event.type) {
    case "participant_joined":
    case "participant_updated":
      return { ...held, [event.participant.id]: event.participant };
    case "participant_left":
    case "participant_removed":
    case "participant_banned":
      return without(held, event.participantId);
    case "breakout_room_joined":
      return arrive(held, event.participantId, event.roomId);
    case "breakout_room_left":
      // Whoever is elsewhere already went there after they left this room.
      return place(held, event.participantId, (at) => (at === event.roomId ? MAIN_ROOM : at));
    case "participants_assigned":
      return event.assignments.reduce(assign, held);
    case "breakout_room_closed":
      return forgetEntries(held, event.room.id);
    case "breakout_room_deleted":
      return Object.values(held)
        .filter((participant) => participant.assignedRoomId === event.roomId)
        .map(({ id }): Assignment => ({ participantId: id, roomId: null }))
        .reduce(assign, forgetMutes(forgetEntries(held, event.roomId), event.roomId));
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

/** Whoever has come into a room waits at no other. */
function arrive(held: Participants, id: ParticipantId, roomId: RoomId): Participants {
  const placed = place(held, id, () => roomId);
  const participant = placed[id];
  if (!participant || roomId === MAIN_ROOM) return placed;
  if (participant.knockingRoomId === null && participant.invitation === null) return placed;
  return { ...placed, [id]: { ...participant, knockingRoomId: null, invitation: null } };
}

/** Nobody knocks at a room any more, and nobody is invited into it. */
function forgetEntries(held: Participants, roomId: RoomId): Participants {
  const waiting = Object.values(held).filter(
    ({ knockingRoomId, invitation }) => knockingRoomId === roomId || invitation?.roomId === roomId,
  );
  if (waiting.length === 0) return held;
  const changed = waiting.map((participant) => ({
    ...participant,
    knockingRoomId: participant.knockingRoomId === roomId ? null : participant.knockingRoomId,
    invitation: participant.invitation?.roomId === roomId ? null : participant.invitation,
  }));
  return { ...held, ...participantsOf(changed) };
}

/** Nobody is muted any more in a room that is gone. */
function forgetMutes(held: Participants, roomId: RoomId): Participants {
  const muted = Object.values(held).filter(({ mutedIn }) => mutedIn?.includes(roomId));
  if (muted.length === 0) return held;
  return {
    ...held,
    ...participantsOf(muted.map((participant) => letSpeakIn(participant, roomId))),
  };
}

/** Somebody who is not muted in a room any more. */
export function letSpeakIn(participant: Participant, roomId: RoomId): Participant {
  const { mutedIn = [], ...rest } = participant;
  const others = mutedIn.filter((id) => id !== roomId);
  return others.length > 0 ? { ...rest, mutedIn: others } : rest;
}

function place(held: Participants, id: ParticipantId, where: (at: RoomId) => RoomId): Participants {
  const participant = held[id];
  if (!participant) return held;
  const roomId = where(participant.roomId);
  return roomId === participant.roomId ? held : { ...held, [id]: { ...participant, roomId } };
}
