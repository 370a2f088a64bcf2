import type {
  Command,
  CommandId,
  CommandResult,
  HelpRequest,
  Participant,
  ParticipantId,
  Room,
  RoomId,
} from "../generated/protocol.ts";
import { type FakeSession, Refusal } from "./session.ts";
import { edit, reactTo, remove, say, sayDirectly } from "./talk.ts";

/** What only hosts and moderators may do here. */
const KEEPERS: readonly Command["type"][] = [
  "update_session",
  "end_session",
  "create_room",
  "create_rooms",
  "update_room",
  "close_room",
  "delete_room",
  "move_participant",
  "open_rooms",
  "close_rooms",
  "assign",
  "claim_help",
  "resolve_help",
  "set_role",
  "mute_participant",
  "remove_participant",
  "broadcast",
];

/** Changes the session as a command says. Throws a {@link Refusal}, before anything changed. */
export function carryOut(
  session: FakeSession,
  me: Participant,
  id: CommandId,
  command: Command,
): CommandResult {
  if (KEEPERS.includes(command.type) && me.role === "participant") {
    const needs = ["host", "moderator"] as const;
    const message = "only hosts and moderators may do this";
    throw new Refusal("forbidden", message, { needs: [...needs], have: me.role });
  }
  switch (command.type) {
    case "join_session":
      return { participant: me };
    case "leave_session":
      leave(session, me, "participant_left");
      return {};
    case "update_session":
    case "end_session": {
      const { type, ...changes } = command;
      Object.assign(session.session, changes, { version: session.session.version + 1 });
      if (type === "end_session") session.session.state = "ended";
      const event = type === "end_session" ? "session_ended" : "session_updated";
      session.emit("session", { type: event, session: session.session });
      return { session: session.session };
    }
    case "create_room":
      return { room: createRoom(session, me.id, command.name, command.preparing === true) };
    case "create_rooms":
      return { rooms: command.rooms.map(({ name }) => createRoom(session, me.id, name, true)) };
    case "update_room": {
      const { type: _, roomId, expectedVersion: __, ...changes } = command;
      return { room: changeRoom(session, roomId, "breakout_room_updated", changes as object) };
    }
    case "open_rooms":
      for (const room of named(session, command.roomIds)) open(session, room);
      return {};
    case "close_room":
      return { room: close(session, roomOf(session, command.roomId)) };
    case "close_rooms":
      for (const room of named(session, command.roomIds)) {
        if (room.state === "open") close(session, room);
      }
      return {};
    case "delete_room":
      close(session, roomOf(session, command.roomId));
      session.rooms.delete(command.roomId);
      session.emit("session", { type: "breakout_room_deleted", roomId: command.roomId });
      return {};
    case "join_room":
      asSeen(me, { roomId: command.expectedRoomId });
      return enter(session, me, command.roomId);
    case "leave_room":
      if (command.roomId !== undefined && command.roomId !== me.roomId) {
        throw new Refusal("not_in_room", "you are not in this room");
      }
      return enter(session, me, "main");
    case "move_participant": {
      const who = memberOf(session, command.participantId);
      asSeen(who, { roomId: command.expectedRoomId });
      return enter(session, who, command.roomId);
    }
    case "assign": {
      const { assignments } = command;
      for (const { participantId, expectedRoomId, expectedLocationId } of assignments) {
        asSeen(memberOf(session, participantId), {
          roomId: expectedLocationId,
          assignedRoomId: expectedRoomId,
        });
      }
      for (const { participantId, roomId } of assignments) {
        memberOf(session, participantId).assignedRoomId = roomId;
      }
      session.emit("session", { type: "participants_assigned", assignments });
      for (const { participantId, roomId } of assignments) {
        const room = roomId === null ? undefined : session.rooms.get(roomId);
        if (room?.state === "open") enter(session, memberOf(session, participantId), room.id);
      }
      return {};
    }
    case "raise_hand":
      return change(session, me, { handRaised: command.raised });
    case "set_role":
      asSeen(memberOf(session, command.participantId), { role: command.expectedRole });
      return change(session, memberOf(session, command.participantId), { role: command.role });
    case "mute_participant":
      return mute(session, me, memberOf(session, command.participantId), command.muted);
    case "remove_participant":
      leave(session, memberOf(session, command.participantId), "participant_removed");
      return {};
    case "ask_for_help":
      return { helpRequest: askForHelp(session, me, command.kind ?? "help", command.text ?? null) };
    case "claim_help":
      return settleHelp(session, command.requestId, { state: "claimed", claimedBy: me.id });
    case "resolve_help":
      return settleHelp(session, command.requestId, { state: "resolved" });
    case "cancel_help":
      return settleHelp(session, command.requestId, { state: "cancelled" });
    case "send_message":
      return { message: say(session, me, id, command) };
    case "broadcast": {
      const rooms = command.roomIds ?? ["main"];
      const { content } = command;
      const said = rooms.map((roomId) => say(session, me, id, { roomId, content }, true));
      return said[0] ? { message: said[0] } : {};
    }
    case "send_direct_message":
      return { directMessage: sayDirectly(session, me, id, command) };
    case "edit_message":
      return edit(session, me, command);
    case "delete_message":
      return remove(session, me, command.messageId);
    case "react_to_message":
      return reactTo(session, me, command);
    default:
      throw new Refusal("unknown_command", `the fake server does not know ${command.type}`);
  }
}

function createRoom(session: FakeSession, by: ParticipantId, name: string, isLater: boolean): Room {
  const room: Room = {
    id: session.newId("r"),
    name,
    state: isLater ? "preparing" : "open",
    locked: false,
    capacity: null,
    facilitatorIds: [],
    slowModeMs: null,
    endsAt: null,
    closesAt: null,
    createdAt: session.now(),
    createdBy: by,
    version: 1,
  };
  session.rooms.set(room.id, room);
  session.emit("session", { type: "breakout_room_created", room });
  return room;
}

function changeRoom(
  session: FakeSession,
  roomId: RoomId,
  type: "breakout_room_updated" | "breakout_room_opened" | "breakout_room_closed",
  changes: Partial<Room>,
): Room {
  const room = roomOf(session, roomId);
  Object.assign(room, changes, { version: room.version + 1 });
  session.emit("session", { type, room });
  return room;
}

function open(session: FakeSession, room: Room): void {
  if (room.state === "open") return;
  const opening = { round: session.session.round, after: session.head(`room:${room.id}`) };
  const rounds = [...(room.rounds ?? []).filter(({ after }) => after !== opening.after), opening];
  changeRoom(session, room.id, "breakout_room_opened", { state: "open", rounds });
  for (const member of session.members.values()) {
    if (member.assignedRoomId === room.id) enter(session, member, room.id);
  }
}

function close(session: FakeSession, room: Room): Room {
  for (const member of session.members.values()) {
    if (member.roomId === room.id) enter(session, member, "main");
  }
  session.forgetDepartures({ roomId: room.id });
  return changeRoom(session, room.id, "breakout_room_closed", { state: "closed" });
}

function enter(session: FakeSession, who: Participant, roomId: RoomId): CommandResult {
  const { id: participantId, roomId: from } = who;
  const room = roomId === "main" ? undefined : roomOf(session, roomId);
  if (room && room.state !== "open") throw new Refusal("room_closed", "this room is not open");
  if (from !== roomId) {
    who.roomId = roomId;
    if (from !== "main") {
      session.stays.end(participantId, from, session.head(`room:${from}`));
      session.emit("session", { type: "breakout_room_left", roomId: from, participantId });
      session.departed(participantId, from);
    }
    if (room) {
      session.stays.begin(participantId, roomId, session.head(`room:${roomId}`));
      session.emit("session", { type: "breakout_room_joined", roomId, participantId });
    }
  }
  return { participant: who, ...(room && { room }) };
}

function leave(
  session: FakeSession,
  who: Participant,
  type: "participant_left" | "participant_removed",
): void {
  session.stays.end(who.id, who.roomId, session.head(`room:${who.roomId}`));
  session.members.delete(who.id);
  session.forgetDepartures({ who: who.id });
  session.emit("session", { type, participantId: who.id });
}

/** Nobody lifts what a host has muted but a host. */
function mute(
  session: FakeSession,
  me: Participant,
  who: Participant,
  muted: boolean,
): CommandResult {
  const isHosts = who.mutedBy === "host" && me.role !== "host";
  if (isHosts && !muted) {
    const needs = { needs: ["host" as const], have: me.role };
    throw new Refusal("forbidden", "a host muted them", needs);
  }
  const { mutedBy = me.role } = who;
  delete who.mutedBy;
  return change(session, who, muted ? { muted, mutedBy: isHosts ? mutedBy : me.role } : { muted });
}

function change(
  session: FakeSession,
  participant: Participant,
  changes: Partial<Participant>,
): CommandResult {
  Object.assign(participant, changes);
  session.emit("session", { type: "participant_updated", participant });
  return { participant };
}

function askForHelp(
  session: FakeSession,
  me: Participant,
  kind: HelpRequest["kind"],
  text: string | null,
): HelpRequest {
  const request: HelpRequest = {
    id: session.newId("h"),
    kind,
    state: "waiting",
    participantId: me.id,
    alias: me.alias,
    roomId: me.roomId,
    text,
    aboutParticipantId: null,
    askedAt: session.now(),
    claimedBy: null,
    claimedAt: null,
    closedAt: null,
  };
  session.help.set(request.id, request);
  session.emit("moderators", { type: "help_requested", request });
  session.emit(`participant:${me.id}`, { type: "help_requested", request });
  return request;
}

function settleHelp(
  session: FakeSession,
  requestId: string,
  changes: Partial<HelpRequest>,
): CommandResult {
  const request = session.help.get(requestId);
  if (!request) throw new Refusal("help_request_not_found", "there is no such request");
  const closedAt = changes.state === "claimed" ? null : session.now();
  Object.assign(request, changes, { closedAt });
  session.emit("moderators", { type: "help_updated", request });
  session.emit(`participant:${request.participantId}`, { type: "help_updated", request });
  return { helpRequest: request };
}

function named(session: FakeSession, ids: readonly RoomId[] | undefined): Room[] {
  return ids ? ids.map((id) => roomOf(session, id)) : [...session.rooms.values()];
}

function roomOf(session: FakeSession, roomId: RoomId): Room {
  const room = session.rooms.get(roomId);
  if (!room) throw new Refusal("room_not_found", "there is no such room");
  return room;
}

/** Refuses what was decided when somebody was otherwise. What is `undefined` is not looked at. */
function asSeen(who: Participant, seen: { [Key in keyof Participant]?: unknown }): void {
  const fields = Object.entries(seen) as [keyof Participant, unknown][];
  if (fields.every(([field, value]) => value === undefined || who[field] === value)) return;
  throw new Refusal("stale", "somebody else changed this meanwhile", { currentParticipant: who });
}

function memberOf(session: FakeSession, id: ParticipantId): Participant {
  const member = session.members.get(id);
  if (!member) throw new Refusal("participant_not_found", "nobody with this id is here");
  return member;
}
