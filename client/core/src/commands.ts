import { FlagshipError } from "./errors.ts";
import type {
  AskForHelp,
  Assignment,
  CloseRooms,
  Command,
  CommandId,
  CommandResult,
  CreateRoom,
  DirectMessage,
  GuestAssignment,
  HelpRequest,
  HelpRequestId,
  InvitationAnswer,
  Message,
  MessageId,
  NewRoom,
  OpenRooms,
  Participant,
  ParticipantId,
  Profile,
  RecallRooms,
  Role,
  Room,
  RoomId,
  Session,
  SwapParticipants,
  TimerMs,
  UpdateProfile,
  UpdateRoom,
  UpdateSession,
} from "./generated/protocol.ts";
import type { Settled } from "./outbox.ts";

/** What a message may carry beside its words. */
export interface SendMore {
  /** The idempotency key, for a caller who may ask again without having heard what became of the first time. */
  id?: CommandId;
  /** The message of the same room that it answers. */
  replyTo?: MessageId;
  /** Whom it wants to reach in particular: at most `LIMITS.mentions` members of the session. */
  mentions?: ParticipantId[];
}

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
   * Change the title (1 to 120 characters), the lock, whether participants choose rooms and return by themselves, the
   * countdown (0 to 300,000 ms), where late joiners go, slow mode in main, and whether a recording is announced.
   */
  updateSession(changes: UpdateSession): Promise<Session>;
  /** End the session for everyone. It cannot be undone. */
  endSession(): Promise<Session>;
  /** Create a room (name of 1 to 80 characters), open at once or, `preparing`, to be opened later. */
  createRoom(room: CreateRoom): Promise<Room>;
  /** Create several rooms, all or none, to be opened later. */
  createRooms(rooms: NewRoom[]): Promise<Room[]>;
  /**
   * Rename, cap (1 to 1,000, `null` for no limit) or lock a room, name its facilitators, and slow it down (1,000 to
   * 3,600,000 ms between two messages, `null` for no wait).
   */
  updateRoom(roomId: RoomId, changes: Omit<UpdateRoom, "roomId">): Promise<Room>;
  /**
   * Close a room: everyone in it returns to main. Refused as `stale` if it is not in the `expectedVersion` any more; so
   * is each of the following that takes what was seen.
   */
  closeRoom(roomId: RoomId, expectedVersion?: number): Promise<Room>;
  /** Take a room off the list: everyone in it returns to main. */
  deleteRoom(roomId: RoomId, expectedVersion?: number): Promise<void>;
  /** Go into a room, if one is still in the one in which one saw oneself. */
  joinRoom(roomId: RoomId, expectedRoomId?: RoomId): Promise<Participant>;
  /** Return to main; with a room from that one only, else refused as `not_in_room`. */
  leaveRoom(roomId?: RoomId): Promise<Participant>;
  /** Move somebody at once, if they are still in the room in which they were seen. */
  moveParticipant(
    participantId: ParticipantId,
    roomId: RoomId,
    expectedRoomId?: RoomId,
  ): Promise<Participant>;
  /** Let two people change places and assignments, if they are still where they were seen. */
  swapParticipants(
    participantId: ParticipantId,
    otherParticipantId: ParticipantId,
    seen?: Pick<SwapParticipants, "expected" | "otherExpected">,
  ): Promise<void>;
  /** Ask to be let into a room; `null` to stop asking. */
  knock(roomId: RoomId | null): Promise<Participant>;
  /** Let somebody in who knocks, or do not. `roomId`: refused as `not_knocking` if they knock at another room by then. */
  answerKnock(participantId: ParticipantId, admit: boolean, roomId?: RoomId): Promise<void>;
  /** Ask people to come into a room; `null` takes that back. */
  inviteParticipants(participantIds: ParticipantId[], roomId: RoomId | null): Promise<void>;
  /** Accept an invitation, keep it for later, or decline it. `roomId`: refused as `not_invited` if it is into another. */
  answerInvitation(answer: InvitationAnswer, roomId?: RoomId): Promise<Participant>;
  /**
   * Open rooms, all if none are named; those who are assigned move in at once. Opening all, when none is open, begins
   * a new round. `durationMs`: a second to a day; absent for no timer.
   */
  openRooms(request?: OpenRooms): Promise<void>;
  /** Close rooms, all that are open if none are named, after the session's countdown or another one. */
  closeRooms(request?: CloseRooms): Promise<void>;
  /** Let open rooms, all if none are named, close so many milliseconds from now; `null` for no timer. */
  setTimer(
    durationMs: TimerMs | null,
    roomIds?: RoomId[],
    expectedVersions?: Record<RoomId, number>,
  ): Promise<void>;
  /** Give rooms more time: all that have a timer or are closing, if none are named. */
  extendTimer(byMs: TimerMs, roomIds?: RoomId[]): Promise<void>;
  /** Bring people back to main without closing their rooms. */
  recallRooms(request?: RecallRooms): Promise<void>;
  /** Assign people to rooms, all or none; those whose room is open move in at once. */
  assign(assignments: Assignment[]): Promise<void>;
  /** Give rooms to people who may not have arrived, all or none; `null` takes somebody off the list. */
  assignGuests(assignments: GuestAssignment[]): Promise<void>;
  /** Ask a moderator for help, or alert them; only they learn of it. Text: 1 to 280 characters. */
  askForHelp(request: AskForHelp): Promise<HelpRequest>;
  /** Take on a request for help. */
  claimHelp(requestId: HelpRequestId): Promise<HelpRequest>;
  /** Say that a request for help is dealt with. */
  resolveHelp(requestId: HelpRequestId): Promise<HelpRequest>;
  /** Take back one's own request for help. */
  cancelHelp(requestId: HelpRequestId): Promise<HelpRequest>;
  /** Change one's own alias here, or what one says about oneself. */
  updateProfile(changes: UpdateProfile): Promise<Profile>;
  /** Ask for attention, or stop asking. */
  raiseHand(raised: boolean): Promise<Participant>;
  /** Give somebody a role, if they still have the one in which they were seen. */
  setRole(participantId: ParticipantId, role: Role, expectedRole?: Role): Promise<Participant>;
  /** Make somebody else host and be a moderator oneself. */
  handOver(participantId: ParticipantId): Promise<void>;
  /** Hold back what somebody writes, or let it through again. */
  muteParticipant(participantId: ParticipantId, muted: boolean): Promise<void>;
  /** Remove somebody, who may come back. */
  removeParticipant(participantId: ParticipantId): Promise<void>;
  /** Remove somebody and keep them out. */
  banParticipant(participantId: ParticipantId): Promise<void>;
  unbanParticipant(participantId: ParticipantId): Promise<void>;
  /** Say something: 1 to 4,000 characters, not blank. */
  sendMessage(roomId: RoomId, content: string, more?: SendMore): Promise<Message>;
  /** Say something to one person, which nobody else hears. One of the two has to keep order in the session. */
  sendDirectMessage(
    participantId: ParticipantId,
    content: string,
    replyTo?: MessageId,
  ): Promise<DirectMessage>;
  /** Put something else in place of what one said; `mentions` in place of those named before. */
  editMessage(messageId: MessageId, content: string, mentions?: ParticipantId[]): Promise<void>;
  /** Take a message back for everyone: one's own, or, as who keeps order in a room, anybody's. */
  deleteMessage(messageId: MessageId): Promise<void>;
  /** Put an emoji to a message, or take one's own away. */
  reactToMessage(messageId: MessageId, emoji: string, added: boolean): Promise<void>;
  /** Say something to everyone, or to some rooms, from wherever one is. Resolves with the first of the messages. */
  broadcast(content: string, roomIds?: RoomId[]): Promise<Message>;
}

/** The commands on top of a function that settles any of them. */
export function commandsOver(
  submit: (command: Command, id?: CommandId) => Promise<Settled>,
): Commands {
  const result = async <K extends keyof CommandResult>(
    key: K,
    command: Command,
    id?: CommandId,
  ): Promise<NonNullable<CommandResult[K]>> => {
    const settled = await submit(command, id);
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
    createRooms: (rooms) => result("rooms", { type: "create_rooms", rooms }),
    updateRoom: (roomId, changes) => result("room", { type: "update_room", roomId, ...changes }),
    closeRoom: (roomId, expectedVersion) =>
      result("room", {
        type: "close_room",
        roomId,
        ...(expectedVersion !== undefined && { expectedVersion }),
      }),
    deleteRoom: (roomId, expectedVersion) =>
      done({
        type: "delete_room",
        roomId,
        ...(expectedVersion !== undefined && { expectedVersion }),
      }),
    joinRoom: (roomId, expectedRoomId) =>
      result("participant", {
        type: "join_room",
        roomId,
        ...(expectedRoomId !== undefined && { expectedRoomId }),
      }),
    leaveRoom: (roomId) =>
      result("participant", { type: "leave_room", ...(roomId !== undefined && { roomId }) }),
    moveParticipant: (participantId, roomId, expectedRoomId) =>
      result("participant", {
        type: "move_participant",
        participantId,
        roomId,
        ...(expectedRoomId !== undefined && { expectedRoomId }),
      }),
    swapParticipants: (participantId, otherParticipantId, seen = {}) =>
      done({ type: "swap_participants", participantId, otherParticipantId, ...seen }),
    knock: (roomId) => result("participant", { type: "knock", roomId }),
    answerKnock: (participantId, admit, roomId) =>
      done({
        type: "answer_knock",
        participantId,
        admit,
        ...(roomId !== undefined && { roomId }),
      }),
    inviteParticipants: (participantIds, roomId) =>
      done({ type: "invite_participants", participantIds, roomId }),
    answerInvitation: (answer, roomId) =>
      result("participant", {
        type: "answer_invitation",
        answer,
        ...(roomId !== undefined && { roomId }),
      }),
    openRooms: (request = {}) => done({ type: "open_rooms", ...request }),
    closeRooms: (request = {}) => done({ type: "close_rooms", ...request }),
    setTimer: (durationMs, roomIds, expectedVersions) =>
      done({
        type: "set_timer",
        durationMs,
        ...(roomIds && { roomIds }),
        ...(expectedVersions && { expectedVersions }),
      }),
    extendTimer: (byMs, roomIds) =>
      done({ type: "extend_timer", byMs, ...(roomIds && { roomIds }) }),
    recallRooms: (request = {}) => done({ type: "recall_rooms", ...request }),
    assign: (assignments) => done({ type: "assign", assignments }),
    assignGuests: (assignments) => done({ type: "assign_guests", assignments }),
    askForHelp: (request) => result("helpRequest", { type: "ask_for_help", ...request }),
    claimHelp: (requestId) => result("helpRequest", { type: "claim_help", requestId }),
    resolveHelp: (requestId) => result("helpRequest", { type: "resolve_help", requestId }),
    cancelHelp: (requestId) => result("helpRequest", { type: "cancel_help", requestId }),
    updateProfile: (changes) => result("profile", { type: "update_profile", ...changes }),
    raiseHand: (raised) => result("participant", { type: "raise_hand", raised }),
    setRole: (participantId, role, expectedRole) =>
      result("participant", {
        type: "set_role",
        participantId,
        role,
        ...(expectedRole !== undefined && { expectedRole }),
      }),
    handOver: (participantId) => done({ type: "hand_over", participantId }),
    muteParticipant: (participantId, muted) =>
      done({ type: "mute_participant", participantId, muted }),
    removeParticipant: (participantId) => done({ type: "remove_participant", participantId }),
    banParticipant: (participantId) => done({ type: "ban_participant", participantId }),
    unbanParticipant: (participantId) => done({ type: "unban_participant", participantId }),
    sendMessage: (roomId, content, { id, ...more } = {}) =>
      result("message", { type: "send_message", roomId, content, ...more }, id),
    sendDirectMessage: (participantId, content, replyTo) =>
      result("directMessage", {
        type: "send_direct_message",
        participantId,
        content,
        ...(replyTo !== undefined && { replyTo }),
      }),
    editMessage: (messageId, content, mentions) =>
      done({ type: "edit_message", messageId, content, ...(mentions && { mentions }) }),
    deleteMessage: (messageId) => done({ type: "delete_message", messageId }),
    reactToMessage: (messageId, emoji, added) =>
      done({ type: "react_to_message", messageId, emoji, added }),
    broadcast: (content, roomIds) =>
      result("message", { type: "broadcast", content, ...(roomIds && { roomIds }) }),
  };
}
