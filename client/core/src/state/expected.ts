import type {
  Assignment,
  Command,
  CommandId,
  CreateRoom,
  MuteParticipant,
  Participant,
  ParticipantId,
  Room,
  RoomId,
  Session,
  SwapParticipants,
} from "../generated/protocol.ts";
import type { SessionState } from "./index.ts";
import { letSpeakIn, MAIN_ROOM, type Participants } from "./participants.ts";
import type { Rooms } from "./rooms.ts";

/** A command whose effect is not in the state yet. */
export interface UnsettledCommand {
  readonly id: CommandId;
  readonly command: Command;
  /** Its position in the journal, once carried out: it counts until the event with that position has come. */
  readonly rev: number | null;
}

/** What will be so if nothing is refused. */
export interface Expected {
  readonly session: Session | null;
  readonly rooms: Rooms;
  readonly participants: Participants;
}

/** Ids of rooms that are asked for and have none yet begin with this, which no id of the server's does. */
const ASKED_FOR = "expected:";

/** Whether a room is only asked for: nothing can be done with it before the server has said its id. */
export function isAskedFor({ id }: Room): boolean {
  return id.startsWith(ASKED_FOR);
}

/** The unsettled commands after the queue changed: what is in it, and what was carried out but not heard of yet. */
export function unsettledOf(
  held: readonly UnsettledCommand[],
  queue: readonly { id: CommandId; command: Command; error: unknown }[],
): readonly UnsettledCommand[] {
  const queued = queue
    .filter(({ error, command }) => error === null && command.type !== "send_message")
    .map(({ id, command }) => ({ id, command, rev: null }));
  const carriedOut = held.filter(
    ({ id, rev }) => rev !== null && !queued.some((it) => it.id === id),
  );
  const next = [...carriedOut, ...queued];
  const isSame =
    next.length === held.length &&
    next.every(({ id, rev }, index) => id === held[index]?.id && rev === held[index].rev);
  return isSame ? held : next;
}

/** A command was carried out, as the entry of the journal with this position. */
export function carriedOut(
  held: readonly UnsettledCommand[],
  id: CommandId,
  rev: number,
): readonly UnsettledCommand[] {
  return held.map((unsettled) => (unsettled.id === id ? { ...unsettled, rev } : unsettled));
}

/** The session has told of everything up to this position. */
export function heardUpTo(
  held: readonly UnsettledCommand[],
  rev: number,
): readonly UnsettledCommand[] {
  return held.some((it) => it.rev !== null && it.rev <= rev)
    ? held.filter((it) => it.rev === null || it.rev > rev)
    : held;
}

interface Kept {
  of: SessionState;
  expected: Expected;
}

/** By the list of commands, so that nothing is computed twice and the same input gives the same objects. */
const kept = new WeakMap<readonly UnsettledCommand[], Kept>();

/**
 * The session, rooms and people as they will be once the server has taken what was asked of it. What it refuses is
 * no longer in there, and its command rejects with the reason. The same objects until something changes.
 */
export function selectExpected(state: SessionState): Expected {
  if (state.unsettled.length === 0) return state;
  const known = kept.get(state.unsettled);
  const isKnown =
    known &&
    known.of.session === state.session &&
    known.of.rooms === state.rooms &&
    known.of.participants === state.participants;
  if (isKnown) return known.expected;
  const expected = state.unsettled.reduce<Expected>(
    (held, unsettled) => expect(held, unsettled, state.selfId),
    state,
  );
  kept.set(state.unsettled, { of: state, expected });
  return expected;
}

function expect(
  held: Expected,
  { id, command }: UnsettledCommand,
  selfId: ParticipantId | null,
): Expected {
  const { session, rooms } = held;
  switch (command.type) {
    case "update_session": {
      const { type: _, expectedVersion: __, ...changes } = command;
      return { ...held, session: session && { ...session, ...changes } };
    }
    case "create_room":
      return { ...held, rooms: [...rooms, asked(id, command, selfId)] };
    case "update_room": {
      const { type: _, roomId, expectedVersion: __, ...changes } = command;
      return changeRoom(held, roomId, changes);
    }
    case "close_room":
      return changeRoom(held, command.roomId, { state: "closed", endsAt: null, closesAt: null });
    case "delete_room":
      return { ...held, rooms: rooms.filter((room) => room.id !== command.roomId) };
    case "assign":
      return command.assignments.reduce(assign, held);
    case "move_participant":
      return changePerson(held, command.participantId, { roomId: command.roomId });
    case "swap_participants":
      return swap(held, command);
    case "raise_hand":
      return selfId === null ? held : changePerson(held, selfId, { handRaised: command.raised });
    case "set_role":
      return changePerson(held, command.participantId, { role: command.role });
    case "mute_participant":
      return mute(held, command, selfId);
    default:
      return held;
  }
}

/**
 * The room that one will be in once what one asked for is done, as far as it is known: the one from which whatever
 * comes next begins. Before that, one is seen where one is.
 */
export function selectExpectedRoom(state: SessionState): RoomId | undefined {
  const { selfId } = state;
  const self = selfId === null ? undefined : state.participants[selfId];
  if (!self) return undefined;
  return state.unsettled.reduce<RoomId>((place, { command }) => {
    switch (command.type) {
      case "join_room":
        return command.roomId;
      case "leave_room":
        return command.roomId === undefined || command.roomId === place ? MAIN_ROOM : place;
      case "answer_invitation":
        return command.answer === "accept"
          ? (command.roomId ?? self.invitation?.roomId ?? place)
          : place;
      case "move_participant":
        return command.participantId === selfId ? command.roomId : place;
      case "swap_participants":
        return swapped(state, command) ?? place;
      case "assign":
        return assignedTo(state, command.assignments) ?? place;
      // A room that is closed or deleted sends the people in it back.
      case "close_room":
      case "delete_room":
        return command.roomId === place ? MAIN_ROOM : place;
      default:
        return place;
    }
  }, self.roomId);
}

/** Where a swap takes this client's person; `undefined` if it is about others. */
function swapped(state: SessionState, command: SwapParticipants): RoomId | undefined {
  const { participantId: one, otherParticipantId: other } = command;
  if (one === state.selfId) return state.participants[other]?.roomId;
  return other === state.selfId ? state.participants[one]?.roomId : undefined;
}

/** The open room that this client's person is assigned to. */
function assignedTo(state: SessionState, assignments: readonly Assignment[]): RoomId | undefined {
  const own = assignments.findLast(({ participantId }) => participantId === state.selfId);
  const room = state.rooms.find(({ id }) => id === own?.roomId);
  return room?.state === "open" ? room.id : undefined;
}

function swap(held: Expected, command: SwapParticipants): Expected {
  const one = held.participants[command.participantId];
  const other = held.participants[command.otherParticipantId];
  if (!one || !other) return held;
  const place = ({ roomId, assignedRoomId }: Participant) => ({ roomId, assignedRoomId });
  return changePerson(changePerson(held, one.id, place(other)), other.id, place(one));
}

/** Those whose room is open move in at once. */
function assign(held: Expected, { participantId, roomId }: Assignment): Expected {
  const isOpen = held.rooms.some((room) => room.id === roomId && room.state === "open");
  const place = roomId !== null && isOpen ? { roomId } : {};
  return changePerson(held, participantId, { assignedRoomId: roomId, ...place });
}

function changeRoom(held: Expected, roomId: RoomId, changes: Partial<Room>): Expected {
  const rooms = held.rooms.map((room) => (room.id === roomId ? { ...room, ...changes } : room));
  return { ...held, rooms };
}

/** Hosts and moderators mute in the whole session, facilitators in the room where somebody is. */
function mute(
  held: Expected,
  { participantId, muted }: MuteParticipant,
  selfId: ParticipantId | null,
): Expected {
  const { participants } = held;
  const who = participants[participantId];
  if (!who) return held;
  const role = selfId === null ? undefined : participants[selfId]?.role;
  if (role === "host" || role === "moderator") return changePerson(held, participantId, { muted });
  const changed = letSpeakIn(who, who.roomId);
  if (muted) changed.mutedIn = [...(changed.mutedIn ?? []), who.roomId];
  return { ...held, participants: { ...participants, [participantId]: changed } };
}

function changePerson(held: Expected, id: ParticipantId, changes: Partial<Participant>): Expected {
  const person = held.participants[id];
  if (!person) return held;
  return { ...held, participants: { ...held.participants, [id]: { ...person, ...changes } } };
}

function asked(id: CommandId, { name, capacity, preparing }: CreateRoom, by: string | null): Room {
  return {
    id: ASKED_FOR + id,
    name,
    state: preparing ? "preparing" : "open",
    locked: false,
    capacity: capacity ?? null,
    facilitatorIds: [],
    slowModeMs: null,
    endsAt: null,
    closesAt: null,
    createdAt: 0,
    createdBy: by ?? "",
    version: 0,
  };
}
