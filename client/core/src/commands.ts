import { FlagshipError } from "./errors.ts";
import type {
  Assignment,
  CloseRooms,
  Command,
  CommandResult,
  CreateRoom,
  Message,
  OpenRooms,
  Participant,
  ParticipantId,
  RecallRooms,
  Role,
  Room,
  RoomId,
  Session,
  TimerMs,
  UpdateRoom,
  UpdateSession,
} from "./generated/protocol.ts";
import type { Settled } from "./outbox.ts";

/**
 * What a participant may ask for. Each is kept and sent again until the server has settled it, resolves with what
 * the server says came of it, and rejects with a {@link FlagshipError} when it is refused for good.
 */
export interface Commands {
  /** Enter the session. Connecting does this too. */
  joinSession(): Promise<Participant>;
  /** Leave the session; the role is kept for a return. The connection ends. */
  leaveSession(): Promise<void>;
  /**
   * Change the title (1 to 120 characters), the lock, whether participants choose rooms and return by themselves, and
   * the countdown (0 to 300,000 ms).
   */
  updateSession(changes: UpdateSession): Promise<Session>;
  /** End the session for everyone. It cannot be undone. */
  endSession(): Promise<Session>;
  /** Create a room (name of 1 to 80 characters), open at once or, `preparing`, to be opened later. */
  createRoom(room: CreateRoom): Promise<Room>;
  /** Rename, cap (1 to 1,000, `null` for no limit) or lock a room. */
  updateRoom(roomId: RoomId, changes: Omit<UpdateRoom, "roomId">): Promise<Room>;
  /** Close a room: everyone in it returns to main. */
  closeRoom(roomId: RoomId): Promise<Room>;
  /** Take a room off the list: everyone in it returns to main. */
  deleteRoom(roomId: RoomId): Promise<void>;
  /** Go into a room. */
  joinRoom(roomId: RoomId): Promise<Participant>;
  /** Return to main. */
  leaveRoom(): Promise<Participant>;
  /** Move somebody at once. */
  moveParticipant(participantId: ParticipantId, roomId: RoomId): Promise<Participant>;
  /**
   * Open rooms, all if none are named; those who are assigned move in at once. Opening all, when none is open, begins
   * a new round. `durationMs`: a second to a day; absent for no timer.
   */
  openRooms(request?: OpenRooms): Promise<void>;
  /** Close rooms, all that are open if none are named, after the session's countdown or another one. */
  closeRooms(request?: CloseRooms): Promise<void>;
  /** Let open rooms, all if none are named, close so many milliseconds from now; `null` for no timer. */
  setTimer(durationMs: TimerMs | null, roomIds?: RoomId[]): Promise<void>;
  /** Give rooms more time: all that have a timer or are closing, if none are named. */
  extendTimer(byMs: TimerMs, roomIds?: RoomId[]): Promise<void>;
  /** Bring people back to main without closing their rooms. */
  recallRooms(request?: RecallRooms): Promise<void>;
  /** Assign people to rooms, all or none; those whose room is open move in at once. */
  assign(assignments: Assignment[]): Promise<void>;
  /** Ask for attention, or stop asking. */
  raiseHand(raised: boolean): Promise<Participant>;
  setRole(participantId: ParticipantId, role: Role): Promise<Participant>;
  /** Remove somebody and keep them out. */
  banParticipant(participantId: ParticipantId): Promise<void>;
  unbanParticipant(participantId: ParticipantId): Promise<void>;
  /** Say something: 1 to 4,000 characters, not blank. */
  sendMessage(roomId: RoomId, content: string): Promise<Message>;
}

/** The commands on top of a function that settles any of them. */
export function commandsOver(submit: (command: Command) => Promise<Settled>): Commands {
  const result = async <K extends keyof CommandResult>(
    key: K,
    command: Command,
  ): Promise<NonNullable<CommandResult[K]>> => {
    const settled = await submit(command);
    const value = settled.result[key];
    if (value) return value;
    throw new FlagshipError("protocol", `The server's answer to ${command.type} has no ${key}.`);
  };
  const done = async (command: Command): Promise<void> => {
    await submit(command);
  };
  return {
    joinSession: () => result("participant", { type: "join_session" }),
    leaveSession: () => done({ type: "leave_session" }),
    updateSession: (changes) => result("session", { type: "update_session", ...changes }),
    endSession: () => result("session", { type: "end_session" }),
    createRoom: (room) => result("room", { type: "create_room", ...room }),
    updateRoom: (roomId, changes) => result("room", { type: "update_room", roomId, ...changes }),
    closeRoom: (roomId) => result("room", { type: "close_room", roomId }),
    deleteRoom: (roomId) => done({ type: "delete_room", roomId }),
    joinRoom: (roomId) => result("participant", { type: "join_room", roomId }),
    leaveRoom: () => result("participant", { type: "leave_room" }),
    moveParticipant: (participantId, roomId) =>
      result("participant", { type: "move_participant", participantId, roomId }),
    openRooms: (request = {}) => done({ type: "open_rooms", ...request }),
    closeRooms: (request = {}) => done({ type: "close_rooms", ...request }),
    setTimer: (durationMs, roomIds) =>
      done({ type: "set_timer", durationMs, ...(roomIds && { roomIds }) }),
    extendTimer: (byMs, roomIds) =>
      done({ type: "extend_timer", byMs, ...(roomIds && { roomIds }) }),
    recallRooms: (request = {}) => done({ type: "recall_rooms", ...request }),
    assign: (assignments) => done({ type: "assign", assignments }),
    raiseHand: (raised) => result("participant", { type: "raise_hand", raised }),
    setRole: (participantId, role) =>
      result("participant", { type: "set_role", participantId, role }),
    banParticipant: (participantId) => done({ type: "ban_participant", participantId }),
    unbanParticipant: (participantId) => done({ type: "unban_participant", participantId }),
    sendMessage: (roomId, content) => result("message", { type: "send_message", roomId, content }),
  };
}
