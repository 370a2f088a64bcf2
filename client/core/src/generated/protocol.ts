// Generated from crates/protocol by `npm run types`. Do not edit.

/**
 * What somebody writes about themselves: 1 to [`limits::ABOUT_CHARS`] characters, not blank.
 */
export type About = string;

/**
 * A command was carried out, durably.
 */
export type Ack = { 
/**
 * The command's id.
 */
id: CommandId, 
/**
 * Its position in the journal.
 */
rev: number, 
/**
 * Whether it had been carried out before, under the same id; everything else is then as it was.
 */
duplicate: boolean, 
/**
 * What it brought about.
 */
result: CommandResult, 
/**
 * If the command changed what the client follows: every stream it follows now, and from which `seq`.
 */
streams?: Record<string, number>, 
/**
 * The newest messages of the streams that are new to the client, oldest first.
 */
messages?: Array<Message>, 
/**
 * What only hosts and moderators know, where the client becomes one of them.
 */
moderation?: Moderation, };

/**
 * How lively the rooms are, for hosts and moderators.
 */
export type ActivityBody = { 
/**
 * The server's clock, milliseconds since the epoch.
 */
serverTime: number, 
/**
 * Over how many minutes `recentMessages` counts.
 */
minutes: number, 
/**
 * Every breakout room, oldest first.
 */
rooms: Array<RoomActivity>, };

/**
 * What a client does after a close.
 */
export type AfterClose = "reconnect" | "refresh_token" | "stop";

/**
 * The name that others see: one line of 1 to [`limits::ALIAS_CHARS`] characters, trimmed.
 */
export type Alias = string;

/**
 * Answer an invitation.
 */
export type AnswerInvitation = { 
/**
 * What.
 */
answer: InvitationAnswer, 
/**
 * The room of the invitation: refused as `not_invited` if the invitation is into another room by then.
 */
roomId?: RoomId, };

/**
 * Let somebody in who knocks, or do not.
 */
export type AnswerKnock = { 
/**
 * Who knocks.
 */
participantId: ParticipantId, 
/**
 * Whether they come in, locked or not.
 */
admit: boolean, 
/**
 * The room of the knock that this answers: refused as `not_knocking` if the participant knocks at another by then.
 */
roomId?: RoomId, };

/**
 * Creates the rooms of a template in a session.
 */
export type ApplyTemplate = { 
/**
 * The template.
 */
templateId: TemplateId, };

/**
 * Ask a moderator for help, or alert them. Only they learn of it. Asked again while a request of this kind is open,
 * it answers with that one.
 */
export type AskForHelp = { 
/**
 * How urgent it is.
 */
kind: HelpKind, 
/**
 * What it is about.
 */
text?: HelpText, 
/**
 * Whom an alert is about.
 */
aboutParticipantId?: ParticipantId, };

/**
 * Assign people to rooms, all or none. Those whose room is open move in at once; the others when it opens.
 */
export type Assign = { 
/**
 * Who goes where. People who are not named keep what they have.
 */
assignments: Array<Assignment>, };

/**
 * Give rooms to people who may not have arrived, all or none. Who is there already is assigned at once.
 */
export type AssignGuests = { 
/**
 * Who goes where. Guests who are not named keep what they have.
 */
assignments: Array<GuestAssignment>, };

/**
 * Somebody, and their room.
 */
export type AssignedPerson = { 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * What they are called.
 */
alias: Alias, 
/**
 * The room that they are assigned to.
 */
roomId: RoomId | null, 
/**
 * What it is called.
 */
roomName: RoomName | null, 
/**
 * What they wrote about themselves, in single words.
 */
tags: Array<Tag>, };

/**
 * One person's room.
 */
export type Assignment = { 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * Which room; `null` for none.
 */
roomId: RoomId | null, 
/**
 * Which room they had when this was decided, `null` for none: refused as `stale`, with them as they are, when
 * somebody else has assigned them since. Absent to assign them in any case.
 */
expectedRoomId?: RoomId | null, 
/**
 * The room that they were in when this was decided, as an open room takes them out of it: refused as `stale`, with
 * them as they are, when they are elsewhere by now. Absent to assign them wherever they are.
 */
expectedLocationId?: RoomId, };

/**
 * What a list of people and rooms would bring about, and what of it could not be read. Nothing has changed: its
 * parts go into `create_rooms`, `assign` and `assign_guests`, in this order.
 */
export type AssignmentImport = { 
/**
 * Rooms that do not exist yet, each with those who go there.
 */
newRooms: Array<NewRoom>, 
/**
 * People who are or were in the session.
 */
assignments: Array<Assignment>, 
/**
 * People who are not there yet.
 */
guests: Array<GuestAssignment>, 
/**
 * People in the list without a room.
 */
withoutRoom: number, 
/**
 * What could not be read, by line; at most the first thousand.
 */
problems: Array<ImportProblem>, 
/**
 * How many problems there are, those not listed included.
 */
problemCount: number, };

/**
 * Who is assigned to which room.
 */
export type AssignmentList = { 
/**
 * Everybody who is or was in the session and is not banned, by id.
 */
people: Array<AssignedPerson>, 
/**
 * Who is expected, by key.
 */
guests: Array<GuestAssignment>, };

/**
 * Who could go where, and what had to give.
 */
export type AssignmentProposal = { 
/**
 * Who would go where, by person.
 */
assignments: Array<Assignment>, 
/**
 * For whom there was no place.
 */
unplaced: Array<ParticipantId>, 
/**
 * Pairs in one room who have met in an earlier round.
 */
repeatedMeetings: number, 
/**
 * People who would have to move for sizes to differ by at most one.
 */
unevenSizes: number, 
/**
 * With `alike`: pairs in one room without a common tag.
 */
unlikePairs: number, 
/**
 * With `mixed`: people who would have to move for each tag to be spread evenly.
 */
unevenTags: number, 
/**
 * The seed that was used.
 */
seed: number, 
/**
 * By what people were found to be alike.
 */
matchedBy: MatchedBy, };

/**
 * How people are put into rooms.
 */
export type AssignmentStrategy = "random" | "balanced" | "alike" | "mixed";

/**
 * A new token, before the one in use expires.
 */
export type Auth = { 
/**
 * The token; its subject must be the same.
 */
token: string, };

/**
 * Remove somebody from the session and keep them out. Hosts cannot be banned.
 */
export type BanParticipant = { 
/**
 * Who.
 */
participantId: ParticipantId, };

/**
 * Somebody who may not come back.
 */
export type BannedParticipant = { 
/**
 * Who.
 */
id: ParticipantId, 
/**
 * The name that others saw.
 */
alias: Alias, };

/**
 * Say something to everyone, or to some rooms, from wherever one is. To everyone, it is said in main, which
 * everyone follows.
 */
export type Broadcast = { 
/**
 * To which rooms; absent for everyone.
 */
roomIds?: Array<RoomId>, 
/**
 * What.
 */
content: MessageContent, };

/**
 * Take back one's own request for help.
 */
export type CancelHelp = { 
/**
 * The request.
 */
requestId: HelpRequestId, };

/**
 * Most people in a room at once.
 */
export type Capacity = number;

/**
 * Which messages of a breakout room a participant may read. Hosts and moderators read all of them.
 */
export type ChatHistory = "stay" | "round";

/**
 * Take on a request for help, so that who asked knows that somebody comes, and others need not.
 */
export type ClaimHelp = { 
/**
 * The request.
 */
requestId: HelpRequestId, };

/**
 * A frame from client to server, tagged by `type`.
 */
export type ClientFrame = { "type": "hello" } & Hello | { "type": "command" } & CommandFrame | { "type": "cursor" } & Cursor | { "type": "typing" } & Typing | { "type": "auth" } & Auth;

/**
 * Close a room: everyone in it returns to main.
 */
export type CloseRoom = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * The `version` that the change was made from: refused as `stale`, with what is now, when somebody else has
 * changed it since. Absent to do it in any case.
 */
expectedVersion?: number, };

/**
 * Close rooms after a countdown, at whose end everyone returns to main.
 */
export type CloseRooms = { 
/**
 * Which rooms; absent for all that are open.
 */
roomIds?: Array<RoomId>, 
/**
 * How long it takes; absent for the session's own.
 */
countdownMs?: CountdownMs, 
/**
 * The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
 * has changed one of them since. Rooms that are not named are taken as they are.
 */
expectedVersions?: { [key in RoomId]: number }, };

/**
 * A command, tagged by `type`.
 */
export type Command = { "type": "join_session" } & JoinSession | { "type": "leave_session" } & LeaveSession | { "type": "update_session" } & UpdateSession | { "type": "end_session" } & EndSession | { "type": "create_room" } & CreateRoom | { "type": "create_rooms" } & CreateRooms | { "type": "update_room" } & UpdateRoom | { "type": "close_room" } & CloseRoom | { "type": "delete_room" } & DeleteRoom | { "type": "join_room" } & JoinRoom | { "type": "leave_room" } & LeaveRoom | { "type": "move_participant" } & MoveParticipant | { "type": "swap_participants" } & SwapParticipants | { "type": "knock" } & Knock | { "type": "answer_knock" } & AnswerKnock | { "type": "invite_participants" } & InviteParticipants | { "type": "answer_invitation" } & AnswerInvitation | { "type": "open_rooms" } & OpenRooms | { "type": "close_rooms" } & CloseRooms | { "type": "set_timer" } & SetTimer | { "type": "extend_timer" } & ExtendTimer | { "type": "recall_rooms" } & RecallRooms | { "type": "assign" } & Assign | { "type": "assign_guests" } & AssignGuests | { "type": "raise_hand" } & RaiseHand | { "type": "ask_for_help" } & AskForHelp | { "type": "claim_help" } & ClaimHelp | { "type": "resolve_help" } & ResolveHelp | { "type": "cancel_help" } & CancelHelp | { "type": "update_profile" } & UpdateProfile | { "type": "set_role" } & SetRole | { "type": "hand_over" } & HandOver | { "type": "mute_participant" } & MuteParticipant | { "type": "remove_participant" } & RemoveParticipant | { "type": "ban_participant" } & BanParticipant | { "type": "unban_participant" } & UnbanParticipant | { "type": "send_message" } & SendMessage | { "type": "broadcast" } & Broadcast | { "type": "send_direct_message" } & SendDirectMessage | { "type": "edit_message" } & EditMessage | { "type": "delete_message" } & DeleteMessage | { "type": "react_to_message" } & ReactToMessage;

/**
 * A command under its idempotency key.
 */
export type CommandFrame = { 
/**
 * The idempotency key, chosen by the client.
 */
id: CommandId, 
/**
 * The command.
 */
command: Command, };

/**
 * A client's own name for a command, which makes retrying it safe: 1 to [`limits::COMMAND_ID_CHARS`] visible
 * ASCII characters, so that it fits an `Idempotency-Key` header.
 */
export type CommandId = string;

/**
 * What a command brought about. Only the parts that belong to the command are present.
 */
export type CommandResult = { 
/**
 * The session as it is now: `update_session`, `end_session`, and creating a session.
 */
session?: Session, 
/**
 * The participant as they are now: `join_session`, `join_room`, `leave_room`, `move_participant`, `set_role`,
 * and the other commands about one participant.
 */
participant?: Participant, 
/**
 * The room as it is now: `create_room`, `update_room`, `close_room`, `join_room`.
 */
room?: Room, 
/**
 * The request for help as it is now: `ask_for_help`, `claim_help`, `resolve_help`, `cancel_help`.
 */
helpRequest?: HelpRequest, 
/**
 * What one says about oneself: `update_profile`.
 */
profile?: Profile, 
/**
 * The rooms, in order: `create_rooms`.
 */
rooms?: Array<Room>, 
/**
 * The message: `send_message`; the first of several: `broadcast`; as it is now: `edit_message`, `delete_message`,
 * `react_to_message`.
 */
message?: Message, 
/**
 * The same of a direct message: `send_direct_message`, and the commands that change one.
 */
directMessage?: DirectMessage, };

/**
 * How long rooms take to close, in milliseconds: from at once to five minutes.
 */
export type CountdownMs = number;

/**
 * Create a breakout room, open at once or to be opened later with the others.
 */
export type CreateRoom = { 
/**
 * What it is called; names need not differ.
 */
name: RoomName, 
/**
 * Most people in it at once; absent or `null` for no limit of its own.
 */
capacity?: Capacity, 
/**
 * Whether it is to be opened later, by `open_rooms`.
 */
preparing?: boolean, };

/**
 * Create several rooms, all or none, to be opened later with the others.
 */
export type CreateRooms = { 
/**
 * The rooms, in order.
 */
rooms: Array<NewRoom>, };

/**
 * Asks for a new session; the caller becomes its host.
 */
export type CreateSession = { 
/**
 * What it is called.
 */
title: SessionTitle, 
/**
 * Whether people are known by their aliases only: nobody, hosts included, sees the ids or names of their
 * tokens. It cannot be changed later.
 */
anonymous?: boolean, };

/**
 * Rooms that were created together.
 */
export type CreatedRooms = { 
/**
 * The rooms, in order.
 */
rooms: Array<Room>, };

/**
 * How far a client has got, cumulative. Streams are those of rooms, and `participant:<somebody>` for the direct messages
 * with them, whose positions are the numbers in the ids of messages.
 */
export type Cursor = { 
/**
 * The last `seq` received of each stream.
 */
received: Record<string, number>, 
/**
 * The last `seq` that the person has seen of each stream.
 */
read: Record<string, number>, 
/**
 * The mark of a notice `confirm`: everything up to it has come. Over sockets only.
 */
mark?: string, 
/**
 * The `seq` of the last broadcast of each room that the client showed to the person, in whatever room or
 * conversation. Unlike `read`, it covers broadcasts only.
 */
announced?: { [key in string]: number }, };

/**
 * What happened in a session so far.
 */
export type Debrief = { 
/**
 * The session as it is now.
 */
session: Session, 
/**
 * Each opening of all rooms, in order.
 */
rounds: Array<DebriefRound>, 
/**
 * Each breakout room that ever was, oldest first.
 */
rooms: Array<DebriefRoom>, 
/**
 * Everyone who ever was in the session, by id.
 */
participants: Array<DebriefParticipant>, 
/**
 * Each stay of somebody in a breakout room, by when it began.
 */
visits: Array<DebriefVisit>, 
/**
 * Each request for help, by when it was made.
 */
help: Array<DebriefHelp>, };

/**
 * A request for help, and how long it took until somebody came.
 */
export type DebriefHelp = { 
/**
 * The round in which it was made; 0 before the first.
 */
round: number, 
/**
 * From asking until it was claimed, resolved or taken back, in milliseconds; `null` while it waits.
 */
waitMs: number | null, 
/**
 * The request as it is now.
 */
request: HelpRequest, };

/**
 * Somebody who was in the session.
 */
export type DebriefParticipant = { 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * What they were called last.
 */
alias: Alias, 
/**
 * Their last role.
 */
role: Role, 
/**
 * When they first came, milliseconds since the epoch.
 */
joinedAt: number, 
/**
 * When they left; `null` if they are in the session now.
 */
leftAt: number | null, 
/**
 * How many messages they sent, in main too.
 */
messages: number, };

/**
 * A breakout room.
 */
export type DebriefRoom = { 
/**
 * Its id.
 */
roomId: RoomId, 
/**
 * What it was called last.
 */
name: RoomName, 
/**
 * How many messages were said in it.
 */
messages: number, 
/**
 * When the first was said, milliseconds since the epoch.
 */
firstMessageAt: number | null, 
/**
 * When the last was said.
 */
lastMessageAt: number | null, 
/**
 * The minutes in which something was said in it, oldest first: when each began, milliseconds since the epoch, and
 * how many messages there were. At most the last [`crate::limits::DEBRIEF_MINUTES`].
 */
messageMinutes: Array<[number, number]>, 
/**
 * How many different people have been in it.
 */
visitors: number, };

/**
 * One opening of all rooms.
 */
export type DebriefRound = { 
/**
 * Its number, from 1.
 */
round: number, 
/**
 * When the rooms opened, milliseconds since the epoch.
 */
openedAt: number, 
/**
 * When the last of them closed; `null` while one is open.
 */
closedAt: number | null, 
/**
 * The rooms in which something happened, by when that began.
 */
rooms: Array<DebriefRoundRoom>, };

/**
 * A room in a round.
 */
export type DebriefRoundRoom = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * What it was called when somebody first came into it or spoke in it.
 */
name: RoomName, 
/**
 * Who was in it, by when they first came.
 */
participantIds: Array<ParticipantId>, 
/**
 * How many messages were said in it.
 */
messages: number, };

/**
 * A stay of somebody in a breakout room.
 */
export type DebriefVisit = { 
/**
 * The round in which it began; 0 before the first.
 */
round: number, 
/**
 * Where.
 */
roomId: RoomId, 
/**
 * What the room was called then.
 */
roomName: RoomName, 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * What they were called then.
 */
alias: Alias, 
/**
 * When they came in, milliseconds since the epoch.
 */
enteredAt: number, 
/**
 * When they went; `null` if they are still in it.
 */
leftAt: number | null, 
/**
 * How many messages they sent there meanwhile.
 */
messages: number, };

/**
 * What the session knows of the caller and what they may do. Changes nothing.
 */
export type DebugPermissions = { 
/**
 * The caller, from the token.
 */
userId: ParticipantId, 
/**
 * Their role, or the one that their first action would give them.
 */
role: Role, 
/**
 * Whether they are in the session already.
 */
registered: boolean, 
/**
 * Why their first action would be refused, if it would.
 */
refused?: ErrorBody, 
/**
 * Each command.
 */
permissions: Array<PermissionEntry>, };

/**
 * Take back what one said oneself, in a room or directly, wherever one is now. Hosts and moderators may take back
 * what anybody said in a room, and facilitators in a room of theirs. That there was a message stays; what it said is
 * kept nowhere.
 */
export type DeleteMessage = { 
/**
 * The message.
 */
messageId: MessageId, };

/**
 * Take a room off the list: everyone in it returns to main. What was said stays in the archive.
 */
export type DeleteRoom = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * The `version` that the change was made from: refused as `stale`, with what is now, when somebody else has
 * changed it since. Absent to do it in any case.
 */
expectedVersion?: number, };

/**
 * One part of the service.
 */
export type DependencyHealth = { 
/**
 * Whether it answered.
 */
ok: boolean, 
/**
 * How long that took, in milliseconds.
 */
latencyMs: number, };

/**
 * A token for development.
 */
export type DevelopmentToken = { 
/**
 * The token.
 */
token: string, 
/**
 * Its subject.
 */
userId: ParticipantId, };

/**
 * Asks for a token, where the environment is `development`.
 */
export type DevelopmentTokenRequest = { 
/**
 * The name that others see.
 */
alias: Alias, };

/**
 * Something said by one person to another, for these two alone.
 */
export type DirectMessage = { 
/**
 * Unique within the session, among the messages of rooms too.
 */
id: MessageId, 
/**
 * Who said it.
 */
senderId: ParticipantId, 
/**
 * What they were called then.
 */
senderAlias: Alias, 
/**
 * To whom.
 */
recipientId: ParticipantId, 
/**
 * What it says; empty once it is deleted.
 */
content: MessageContent, 
/**
 * When the session accepted it, milliseconds since the epoch.
 */
createdAt: number, 
/**
 * The message between the same two that it answers, which may be deleted by now.
 */
replyTo?: MessageId, 
/**
 * What the two put to it, in the order in which each emoji first came.
 */
reactions?: Array<Reaction>, 
/**
 * When its sender last changed what it says, milliseconds since the epoch; absent if they never did.
 */
editedAt?: number, 
/**
 * When it was deleted, by its sender, milliseconds since the epoch; absent while it is there.
 */
deletedAt?: number, 
/**
 * As in [`Message`].
 */
version?: number, 
/**
 * The id of the command that sent it.
 */
commandId: string, };

/**
 * A page of direct messages that one wrote or got.
 */
export type DirectMessagesPage = { 
/**
 * The messages, oldest first.
 */
messages: Array<DirectMessage>, 
/**
 * Give it as `before` for the page of older messages; `null` when there are none.
 */
before: number | null, 
/**
 * Give it as `after` for the page of newer messages; `null` when there are none.
 */
after: number | null, };

/**
 * Somebody is writing to the person behind this connection, alone.
 */
export type DirectTyping = { 
/**
 * Who.
 */
participantId: ParticipantId, };

/**
 * What would happen. Nothing did.
 */
export type DryRun = { 
/**
 * Whether it would succeed.
 */
wouldSucceed: boolean, 
/**
 * Each check in order, with what it found; the last one decides.
 */
checks: Array<string>, 
/**
 * The room as it would be.
 */
room?: Room, 
/**
 * The refusal as it would be.
 */
error?: ErrorBody, };

/**
 * Put something else in place of what one said oneself, in a room or directly. What it said before is kept nowhere.
 */
export type EditMessage = { 
/**
 * The message.
 */
messageId: MessageId, 
/**
 * What it is to say.
 */
content: MessageContent, 
/**
 * Whom it wants to reach, in place of those whom it named before. Only in rooms.
 */
mentions?: Array<ParticipantId>, };

/**
 * One emoji: what people see as a single sign, of at most [`limits::EMOJI_CHARS`] Unicode scalar values.
 */
export type Emoji = string;

/**
 * End the session for everyone. It cannot be undone.
 */
export type EndSession = Record<symbol, never>;

/**
 * An error with its details. Absent details are left out, but for `retryAfterMs`, which is then `null`.
 */
export type ErrorBody = { 
/**
 * For programs.
 */
code: ErrorCode, 
/**
 * For people: what is wrong and what to do.
 */
message: string, 
/**
 * Whether the same request may succeed later, unchanged.
 */
retryable: boolean, 
/**
 * How long to wait before that, in milliseconds.
 */
retryAfterMs: number | null, 
/**
 * Path of the field that is at fault.
 */
field?: string, 
/**
 * With `unauthorized`: what is wrong with the token, such as `token_expired`. With `misconfigured`: the setting.
 */
reason?: string, 
/**
 * With `forbidden`: the roles that would be allowed.
 */
needs?: Array<Role>, 
/**
 * With `forbidden`: the role of who asked; absent for somebody who is not in the session.
 */
have?: Role, 
/**
 * With `stale`: the room as it is now.
 */
current?: Room, 
/**
 * With `stale`: the session as it is now.
 */
currentSession?: Session, 
/**
 * With `stale`: the participant as they are now.
 */
currentParticipant?: Participant, };

/**
 * What went wrong, for programs.
 */
export type ErrorCode = "malformed" | "invalid" | "unknown_frame" | "unknown_command" | "too_large" | "unauthorized" | "forbidden" | "origin_not_allowed" | "banned" | "removed" | "participant_banned" | "session_locked" | "room_locked" | "muted" | "not_in_room" | "not_found" | "method_not_allowed" | "session_not_found" | "room_not_found" | "participant_not_found" | "help_request_not_found" | "message_not_found" | "template_not_found" | "audience_changed" | "message_deleted" | "session_ended" | "session_full" | "room_closed" | "room_full" | "too_many_rooms" | "no_rooms" | "nobody_assigned" | "no_timer" | "timer_too_long" | "no_assignment" | "already_claimed" | "not_knocking" | "not_invited" | "too_many" | "stale" | "last_host" | "capacity_too_low" | "idempotency_mismatch" | "hello_required" | "upgrade_required" | "ticket_invalid" | "rate_limited" | "unavailable" | "misconfigured" | "internal";

/**
 * Events of one stream, contiguous.
 */
export type Events = { 
/**
 * The stream.
 */
stream: StreamId, 
/**
 * The `seq` before the first event. A client whose own position differs has a gap, and resumes.
 */
from: number, 
/**
 * The events, in order.
 */
events: Array<SequencedEvent>, };

/**
 * What happened since the cursor.
 */
export type EventsPage = { 
/**
 * The same frames as a socket would have brought. Without a cursor, the first is a `welcome` with a snapshot.
 */
frames: Array<ServerFrame>, 
/**
 * Give it with the next request. Opaque.
 */
cursor: string, 
/**
 * The position in the journal that this page reaches: the events of a command with a `rev` up to it are in
 * these frames or in earlier ones.
 */
rev: number, };

/**
 * Give rooms with a timer more time. One that is closing goes on, for this long.
 */
export type ExtendTimer = { 
/**
 * Which rooms; absent for all that have a timer or are closing.
 */
roomIds?: Array<RoomId>, 
/**
 * How much more.
 */
byMs: TimerMs, 
/**
 * The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
 * has changed one of them since. Rooms that are not named are taken as they are.
 */
expectedVersions?: { [key in RoomId]: number }, };

/**
 * A room for somebody who has not arrived.
 */
export type GuestAssignment = { 
/**
 * What they are called: matched with the e-mail address and the id of their token, then with their alias.
 */
key: GuestKey, 
/**
 * Which room; `null` for none, which takes them off the list.
 */
roomId: RoomId | null, };

/**
 * What somebody is called in a list before they arrive: an e-mail address, an alias or another key, of 1 to
 * [`limits::GUEST_KEY_CHARS`] characters. Trimmed and in small letters, so that equal means the same person as
 * far as people write names.
 */
export type GuestKey = string;

/**
 * Make somebody else host and be a moderator oneself, in one step, so that there is always a host.
 */
export type HandOver = { 
/**
 * Who.
 */
participantId: ParticipantId, };

/**
 * Whether the service works. The HTTP status is 503 only if sessions do not, or if no token can be checked: a
 * service without its archive is better than none.
 */
export type Health = { 
/**
 * The whole.
 */
status: HealthStatus, 
/**
 * The version that is deployed.
 */
version: string, 
/**
 * D1, asked with a query.
 */
database: DependencyHealth, 
/**
 * A Durable Object, asked with a request that reads its storage.
 */
sessionObject: DependencyHealth, 
/**
 * The settings.
 */
settings?: SettingsHealth, };

/**
 * How the service is.
 */
export type HealthStatus = "ok" | "degraded" | "failed";

/**
 * The first frame of a connection.
 */
export type Hello = { 
/**
 * What the client holds already; absent for a fresh snapshot.
 */
resume?: Resume, };

/**
 * How somebody asks for a moderator.
 */
export type HelpKind = "alert" | "help";

/**
 * A request for help, known to who asked and to the moderators. Everybody has at most one open of each kind.
 */
export type HelpRequest = { 
/**
 * Its id.
 */
id: HelpRequestId, 
/**
 * How urgent it is.
 */
kind: HelpKind, 
/**
 * Where it is in its life.
 */
state: HelpState, 
/**
 * Who asked.
 */
participantId: ParticipantId, 
/**
 * What they were called then.
 */
alias: Alias, 
/**
 * Where they were then.
 */
roomId: RoomId, 
/**
 * What it is about, in their words.
 */
text: HelpText | null, 
/**
 * Whom it is about, in an alert.
 */
aboutParticipantId: ParticipantId | null, 
/**
 * When they asked, milliseconds since the epoch.
 */
askedAt: number, 
/**
 * Who took it.
 */
claimedBy: ParticipantId | null, 
/**
 * When it was first taken: the wait ends here, or at `closed_at` if nobody took it.
 */
claimedAt: number | null, 
/**
 * When it was resolved or cancelled.
 */
closedAt: number | null, };

/**
 * Names a request for help within a session: 1 to [`limits::ROOM_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
 */
export type HelpRequestId = string;

/**
 * Where a request for help is in its life.
 */
export type HelpState = "waiting" | "claimed" | "resolved" | "cancelled";

/**
 * What a request for help says: 1 to [`limits::HELP_CHARS`] characters, not blank.
 */
export type HelpText = string;

/**
 * Something in a list that could not be read. The line is left out of what the list would bring about.
 */
export type ImportProblem = { 
/**
 * The line that it begins in, counted from 1.
 */
line: number, 
/**
 * The column, where one cell is to blame: `key`, `name`, `room` or `tags`.
 */
column: string | null, 
/**
 * What is wrong, in a sentence that names the line.
 */
message: string, };

/**
 * A room that somebody may come into because they were asked to.
 */
export type Invitation = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * Who asked them.
 */
invitedBy: ParticipantId, 
/**
 * When, milliseconds since the epoch.
 */
invitedAt: number, 
/**
 * Whether they said that they would come later.
 */
postponed: boolean, };

/**
 * What somebody says to an invitation.
 */
export type InvitationAnswer = "accept" | "later" | "decline";

/**
 * Ask people to come into a room, or take that back. They may come in while it is open, locked or not.
 */
export type InviteParticipants = { 
/**
 * Whom.
 */
participantIds: Array<ParticipantId>, 
/**
 * Into which room; `null` takes an invitation back.
 */
roomId: RoomId | null, };

/**
 * Go into a room, out of the one that one is in. `main` leads back to the session's own room.
 */
export type JoinRoom = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * The room that one was in when one decided to go: refused as `stale`, with oneself as one is, when one was taken
 * elsewhere since. Absent to go in any case.
 */
expectedRoomId?: RoomId, };

/**
 * Enter the session. Any other command does this too, for somebody who is not in it yet.
 */
export type JoinSession = Record<symbol, never>;

/**
 * Ask to be let into a room, or stop asking.
 */
export type Knock = { 
/**
 * The room; `null` to stop asking.
 */
roomId: RoomId | null, };

/**
 * Where somebody goes who comes while rooms are open and has no room of their own that takes them.
 */
export type LateJoiners = "hold" | "smallest" | "previous" | "choose";

/**
 * Return to main from the room that one is in. In main already, nothing happens.
 */
export type LeaveRoom = { 
/**
 * Only from this room: refused with `not_in_room` when one is elsewhere by now.
 */
roomId?: RoomId, };

/**
 * Leave the session. The role is kept for a return.
 */
export type LeaveSession = Record<symbol, never>;

/**
 * By what people are alike or mixed.
 */
export type MatchBy = "tags" | "texts";

/**
 * By what people were found to be alike.
 */
export type MatchedBy = "tags" | "meaning" | "words";

/**
 * Something said in a room.
 */
export type Message = { 
/**
 * Unique within the session.
 */
id: MessageId, 
/**
 * Where it was said.
 */
roomId: RoomId, 
/**
 * Its position in the room's stream, which other events have positions in too.
 */
seq: number, 
/**
 * Who said it.
 */
senderId: ParticipantId, 
/**
 * What they were called then.
 */
senderAlias: Alias, 
/**
 * What it says; empty once it is deleted.
 */
content: MessageContent, 
/**
 * When the session accepted it, milliseconds since the epoch.
 */
createdAt: number, 
/**
 * Whether it was said to many at once, and wants to be noticed.
 */
broadcast?: boolean, 
/**
 * The message of the same room that it answers, which may be deleted by now.
 */
replyTo?: MessageId, 
/**
 * Whom it wants to reach in particular.
 */
mentions?: Array<ParticipantId>, 
/**
 * What people put to it, in the order in which each emoji first came.
 */
reactions?: Array<Reaction>, 
/**
 * When its sender last changed what it says, milliseconds since the epoch; absent if they never did.
 */
editedAt?: number, 
/**
 * When it was deleted, milliseconds since the epoch; absent while it is there.
 */
deletedAt?: number, 
/**
 * Who deleted it.
 */
deletedBy?: ParticipantId, 
/**
 * The `rev` of its last edit, deletion or reaction; absent if there was none. Of two copies the higher one is
 * newer, and an event with a `rev` up to it is in it already.
 */
version?: number, 
/**
 * The id of the command that sent it: the sender knows its own message by it, before any ack.
 */
commandId: string, };

/**
 * One message.
 */
export type MessageBody = { 
/**
 * The message.
 */
message: Message, };

/**
 * What a message says: 1 to [`limits::MESSAGE_CHARS`] characters, not blank; line breaks and tabs are kept.
 */
export type MessageContent = string;

/**
 * A range of a room's stream with messages that the reader may not read.
 */
export type MessageGap = { 
/**
 * The position before it; 0 at the beginning of the room.
 */
after: number, 
/**
 * The position after it.
 */
before: number, };

/**
 * Names a message within a session, in a room or direct: 1 to [`limits::ROOM_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
 */
export type MessageId = string;

/**
 * A page of a room's messages.
 */
export type MessagesPage = { 
/**
 * The messages, oldest first.
 */
messages: Array<Message>, 
/**
 * Give it as `before` for the page of older messages; `null` when there are none.
 */
before: number | null, 
/**
 * Give it as `after` for the page of newer messages; `null` when there are none.
 */
after: number | null, 
/**
 * Ranges with messages that the reader may not read, oldest first: those within this page, and on the oldest
 * page those before it.
 */
gaps?: Array<MessageGap>, };

/**
 * What only hosts and moderators know.
 */
export type Moderation = { 
/**
 * Open requests for help: alerts first, then by when they were made.
 */
help: Array<HelpRequest>, 
/**
 * Who is expected, by key.
 */
guests: Array<GuestAssignment>, 
/**
 * What people wrote about themselves.
 */
profiles: Record<string, Profile>, 
/**
 * Who may not come back, by id.
 */
banned: Array<BannedParticipant>, };

/**
 * Move somebody into a room at once; `main` brings them back.
 */
export type MoveParticipant = { 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * Where to.
 */
roomId: RoomId, 
/**
 * The room that they were in when this was decided: refused as `stale`, with them as they are, when they are
 * elsewhere by now. Absent to move them in any case.
 */
expectedRoomId?: RoomId, };

/**
 * Hold back what somebody writes, or let it through again. Hosts and moderators cannot be muted. They mute somebody in
 * the whole session, and facilitators in the room where somebody is; nobody lifts what a higher role has muted.
 */
export type MuteParticipant = { 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * Whether they are muted.
 */
muted: boolean, };

/**
 * A command or frame was refused; nothing changed.
 */
export type Nack = { 
/**
 * The command's id; `null` if the frame was no command, or its id could not be read.
 */
id: CommandId | null, 
/**
 * Why.
 */
error: ErrorBody, };

/**
 * One of several rooms to create.
 */
export type NewRoom = { 
/**
 * What it is called.
 */
name: RoomName, 
/**
 * Most people in it at once; absent or `null` for no limit of its own.
 */
capacity?: Capacity, 
/**
 * Who is assigned to it: people who are there and guests who are expected, by what they are called.
 */
guests?: Array<GuestKey>, };

/**
 * Something about this connection, tagged by `code`.
 */
export type Notice = { "code": "streams_changed", 
/**
 * Every stream it follows now, and from which `seq`.
 */
streams: Record<string, number>, 
/**
 * The newest messages of the streams that are new to the client, oldest first.
 */
messages: Array<Message>, 
/**
 * What only hosts and moderators know, where the client becomes one of them.
 */
moderation?: Moderation, } | { "code": "authenticated", 
/**
 * When it expires, milliseconds since the epoch.
 */
expiresAt: number, } | { "code": "confirm", 
/**
 * The mark, unpredictable.
 */
mark: string, } | { "code": "token_expired", 
/**
 * When the socket closes, milliseconds since the epoch.
 */
closesAt: number, };

/**
 * Open rooms, each for everyone who is assigned to it: they move in at once.
 */
export type OpenRooms = { 
/**
 * Which rooms; absent for all. Opening all of them, when none is open, begins a new round.
 */
roomIds?: Array<RoomId>, 
/**
 * How long they stay open; absent for no timer.
 */
durationMs?: TimerMs, 
/**
 * The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
 * has changed one of them since. Rooms that are not named are taken as they are.
 */
expectedVersions?: { [key in RoomId]: number }, };

/**
 * What only one person knows; of their requests and their profile the moderators know too.
 */
export type Own = { 
/**
 * Their open requests for help.
 */
help: Array<HelpRequest>, 
/**
 * What they wrote about themselves.
 */
profile: Profile, 
/**
 * The newest direct messages that they wrote or got, oldest first.
 */
directMessages?: Array<DirectMessage>, };

/**
 * A person in a session.
 */
export type Participant = { 
/**
 * From the token's subject.
 */
id: ParticipantId, 
/**
 * The name that others see.
 */
alias: Alias, 
/**
 * What they may do.
 */
role: Role, 
/**
 * The room they are in: their *location*.
 */
roomId: RoomId, 
/**
 * The room that a host gave them, whether they are in it or not: their *assignment*.
 */
assignedRoomId: RoomId | null, 
/**
 * Whether they ask for attention.
 */
handRaised: boolean, 
/**
 * Whether what they write is held back, in the whole session.
 */
muted: boolean, 
/**
 * The role of who muted them in the whole session: only that one or a higher one lifts it. Absent if they are not
 * muted, and in sessions from before this was kept.
 */
mutedBy?: Role, 
/**
 * Rooms in which a facilitator holds back what they write; absent if there are none.
 */
mutedIn?: Array<RoomId>, 
/**
 * The room that they ask to enter.
 */
knockingRoomId: RoomId | null, 
/**
 * The room that they were asked to come into, and may still.
 */
invitation: Invitation | null, 
/**
 * When they first joined, milliseconds since the epoch.
 */
joinedAt: number, };

/**
 * Names a person within a session: the token's subject, 1 to [`limits::PARTICIPANT_ID_BYTES`] bytes.
 */
export type ParticipantId = string;

/**
 * Whether a participant may use a command now.
 */
export type PermissionEntry = { 
/**
 * The command's tag.
 */
command: string, 
/**
 * Whether it is allowed, as far as role and state go.
 */
allowed: boolean, 
/**
 * The roles that are allowed.
 */
needs: Array<Role>, 
/**
 * Why not.
 */
error?: ErrorBody, };

/**
 * Who came online and who went, since the last such frame. Not sequenced; a snapshot has the whole.
 */
export type Presence = { 
/**
 * They have a connection now.
 */
connected: Array<ParticipantId>, 
/**
 * They have none any more.
 */
disconnected: Array<ParticipantId>, };

/**
 * An error as an HTTP body: problem details (RFC 9457), `application/problem+json`.
 */
export type Problem = { 
/**
 * `urn:flagship:error:<code>`.
 */
type: string, 
/**
 * The code in words.
 */
title: string, 
/**
 * The HTTP status.
 */
status: number, 
/**
 * For people: what is wrong and what to do.
 */
detail: string, 
/**
 * Finds the request in the logs.
 */
requestId: string, 
/**
 * For programs.
 */
code: ErrorCode, 
/**
 * For people: what is wrong and what to do.
 */
message: string, 
/**
 * Whether the same request may succeed later, unchanged.
 */
retryable: boolean, 
/**
 * How long to wait before that, in milliseconds.
 */
retryAfterMs: number | null, 
/**
 * Path of the field that is at fault.
 */
field?: string, 
/**
 * With `unauthorized`: what is wrong with the token, such as `token_expired`. With `misconfigured`: the setting.
 */
reason?: string, 
/**
 * With `forbidden`: the roles that would be allowed.
 */
needs?: Array<Role>, 
/**
 * With `forbidden`: the role of who asked; absent for somebody who is not in the session.
 */
have?: Role, 
/**
 * With `stale`: the room as it is now.
 */
current?: Room, 
/**
 * With `stale`: the session as it is now.
 */
currentSession?: Session, 
/**
 * With `stale`: the participant as they are now.
 */
currentParticipant?: Participant, };

/**
 * What somebody wrote about themselves, for finding them company.
 */
export type Profile = { 
/**
 * In their words.
 */
about: About | null, 
/**
 * In single ones.
 */
tags: Array<Tag>, };

/**
 * Asks who could go where. Nothing changes; the answer's `assignments` go into an `assign` command.
 */
export type ProposalRequest = { 
/**
 * How.
 */
strategy: AssignmentStrategy, 
/**
 * Into which rooms; absent for all.
 */
roomIds?: Array<RoomId>, 
/**
 * Whom; absent for everyone present but hosts and moderators.
 */
participantIds?: Array<ParticipantId>, 
/**
 * For `alike` and `mixed`: by what.
 */
matchBy?: MatchBy, 
/**
 * What is known of people beside the tags that they gave themselves, which it replaces.
 */
tags?: Record<string, Array<string>>, 
/**
 * Groups of people who stay together.
 */
together?: Array<Array<ParticipantId>>, 
/**
 * Groups of people of whom no two share a room.
 */
apart?: Array<Array<ParticipantId>>, 
/**
 * Whether those who shared a room in an earlier round should meet others; true if absent.
 */
avoidRepeats?: boolean, 
/**
 * Where chance comes from: the same one gives the same answer, another one another. Keep it over the rounds
 * of a series. Absent for the session's own.
 */
seed?: number, };

/**
 * Ask for attention, or stop asking.
 */
export type RaiseHand = { 
/**
 * Whether the hand is up.
 */
raised: boolean, };

/**
 * Put an emoji to a message, or take one's own away again: where one may speak, and to direct messages of one's own
 * conversations.
 */
export type ReactToMessage = { 
/**
 * The message.
 */
messageId: MessageId, 
/**
 * The emoji.
 */
emoji: Emoji, 
/**
 * Whether it is put there, or taken away.
 */
added: boolean, };

/**
 * An emoji at a message, and who put it there.
 */
export type Reaction = { 
/**
 * The emoji.
 */
emoji: Emoji, 
/**
 * Who put it there, in that order; never empty.
 */
participantIds: Array<ParticipantId>, };

/**
 * How far the person behind this connection has read, on another of their connections. Not sequenced, and cumulative.
 */
export type ReadPositions = { 
/**
 * The last position that they have seen of each stream, as in a cursor.
 */
read: Record<string, number>, };

/**
 * Bring people back to main without closing their rooms.
 */
export type RecallRooms = { 
/**
 * From which rooms; absent for all.
 */
roomIds?: Array<RoomId>, 
/**
 * The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
 * has changed one of them since, as by closing it and opening it for another round. Rooms that are not named are
 * taken as they are.
 */
expectedVersions?: { [key in RoomId]: number }, };

/**
 * How far those in a room have got with what is said in it. Not sequenced; each such frame replaces the one before.
 *
 * A message with the position `seq` has reached the sum of the counts at positions from `seq` on, its sender
 * included. What one wrote to somebody alone has the stream `participant:<somebody>`, and positions that are the numbers
 * in the ids of messages.
 */
export type Receipts = { 
/**
 * The room's stream, or the other one's.
 */
stream: StreamId, 
/**
 * How many people are in the room; two.
 */
members: number, 
/**
 * Positions that people have received up to, each with how many are there, highest first. The lowest may stand
 * for some that are lower still.
 */
received: Array<[number, number]>, 
/**
 * The same for what they have read.
 */
read: Array<[number, number]>, 
/**
 * The same for broadcasts, which clients show to people apart from other messages. Absent if equal to `read`.
 */
announced?: Array<[number, number]>, };

/**
 * Remove somebody from the session, and with it their role, their assignment and the rooms that they facilitate. They may
 * come back, as a participant, unless they are banned. Hosts cannot be removed.
 */
export type RemoveParticipant = { 
/**
 * Who.
 */
participantId: ParticipantId, };

/**
 * Say that a request for help is dealt with.
 */
export type ResolveHelp = { 
/**
 * The request.
 */
requestId: HelpRequestId, };

/**
 * What a client holds already.
 */
export type Resume = { 
/**
 * The `epoch` of the welcome it came from.
 */
epoch: string, 
/**
 * The last `seq` that the client has of each stream.
 */
streams: Record<string, number>, };

/**
 * What a participant may do; see the permission table in `crates/session`.
 */
export type Role = "participant" | "moderator" | "host";

/**
 * A breakout room.
 */
export type Room = { 
/**
 * Its id; never used again, even after the room is deleted.
 */
id: RoomId, 
/**
 * What it is called.
 */
name: RoomName, 
/**
 * Where it is in its life.
 */
state: RoomState, 
/**
 * Whether only hosts and moderators may come in.
 */
locked: boolean, 
/**
 * Most people in it at once; `null` for no limit of its own.
 */
capacity: Capacity | null, 
/**
 * Those who keep order in this room without being moderators, by id.
 */
facilitatorIds: Array<ParticipantId>, 
/**
 * How long participants wait between two messages in it; `null` for no wait.
 */
slowModeMs: SlowModeMs | null, 
/**
 * Its openings, oldest first; at most [`crate::limits::ROOM_ROUNDS`], the newest. Absent for a room that has been
 * open since its creation.
 */
rounds?: Array<RoomRound>, 
/**
 * While open with a timer: when it begins to close by itself, milliseconds since the epoch.
 */
endsAt: number | null, 
/**
 * While closing: when everyone returns to main, milliseconds since the epoch.
 */
closesAt: number | null, 
/**
 * When it was created, milliseconds since the epoch.
 */
createdAt: number, 
/**
 * Who created it.
 */
createdBy: ParticipantId, 
/**
 * The `rev` of its last change.
 */
version: number, };

/**
 * How lively a room is.
 */
export type RoomActivity = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * How many people are in it.
 */
present: number, 
/**
 * How many of those in the session are assigned to it.
 */
assigned: number, 
/**
 * How many messages were said in it.
 */
messages: number, 
/**
 * How many of them in the last minutes, see `minutes`.
 */
recentMessages: number, 
/**
 * When the last one was said, milliseconds since the epoch.
 */
lastMessageAt: number | null, 
/**
 * How long somebody in it has been waiting for help, at most, in milliseconds; `null` if nobody waits.
 */
longestHelpWaitMs: number | null, };

/**
 * One room.
 */
export type RoomBody = { 
/**
 * The room.
 */
room: Room, };

/**
 * Names a room within a session: 1 to [`limits::ROOM_ID_CHARS`] of `A-Z a-z 0-9 _ -`. `main` always exists.
 */
export type RoomId = string;

/**
 * A room with those who are in it.
 */
export type RoomListing = { 
/**
 * Who is in it now.
 */
participantIds: Array<ParticipantId>, 
/**
 * Its id; never used again, even after the room is deleted.
 */
id: RoomId, 
/**
 * What it is called.
 */
name: RoomName, 
/**
 * Where it is in its life.
 */
state: RoomState, 
/**
 * Whether only hosts and moderators may come in.
 */
locked: boolean, 
/**
 * Most people in it at once; `null` for no limit of its own.
 */
capacity: Capacity | null, 
/**
 * Those who keep order in this room without being moderators, by id.
 */
facilitatorIds: Array<ParticipantId>, 
/**
 * How long participants wait between two messages in it; `null` for no wait.
 */
slowModeMs: SlowModeMs | null, 
/**
 * Its openings, oldest first; at most [`crate::limits::ROOM_ROUNDS`], the newest. Absent for a room that has been
 * open since its creation.
 */
rounds?: Array<RoomRound>, 
/**
 * While open with a timer: when it begins to close by itself, milliseconds since the epoch.
 */
endsAt: number | null, 
/**
 * While closing: when everyone returns to main, milliseconds since the epoch.
 */
closesAt: number | null, 
/**
 * When it was created, milliseconds since the epoch.
 */
createdAt: number, 
/**
 * Who created it.
 */
createdBy: ParticipantId, 
/**
 * The `rev` of its last change.
 */
version: number, };

/**
 * Name of a room: one line of 1 to [`limits::ROOM_NAME_CHARS`] characters, trimmed.
 */
export type RoomName = string;

/**
 * An opening of a room. The messages after it, up to the next opening, are those of one group.
 */
export type RoomRound = { 
/**
 * The session's round at that time; the same as in the previous opening if the room was opened by itself.
 */
round: number, 
/**
 * The last position of the room's stream before the opening; 0 if there was none.
 */
after: number, };

/**
 * Where a room is in its life.
 */
export type RoomState = "preparing" | "open" | "closing" | "closed";

/**
 * The breakout rooms of a session, oldest first.
 */
export type RoomsBody = { 
/**
 * The rooms.
 */
rooms: Array<RoomListing>, };

/**
 * Saves the rooms of a session as a template, for its hosts and moderators.
 */
export type SaveTemplate = { 
/**
 * What it is to be called.
 */
name: TemplateName, 
/**
 * The session whose rooms and assignments are saved.
 */
sessionId: SessionId, };

/**
 * What a search found, as far back as it looked.
 */
export type SearchPage = { 
/**
 * The messages, newest first, of any room. There may be none although there are more further back.
 */
messages: Array<Message>, 
/**
 * The direct messages that one wrote or got, newest first; none if the search was for one room.
 */
directMessages?: Array<DirectMessage>, 
/**
 * Give it as `before` to look further back; `null` when all was looked at.
 */
before: number | null, };

/**
 * Where somebody was seen.
 */
export type SeenPlace = { 
/**
 * The room that they were in.
 */
roomId: RoomId, 
/**
 * The room that they were assigned to; `null` for none.
 */
assignedRoomId: RoomId | null, };

/**
 * Say something to one person, which nobody else hears. One of the two has to be a host or moderator. Being muted in
 * rooms does not keep anybody from it.
 */
export type SendDirectMessage = { 
/**
 * To whom.
 */
participantId: ParticipantId, 
/**
 * What.
 */
content: MessageContent, 
/**
 * The direct message between the same two that this answers.
 */
replyTo?: MessageId, };

/**
 * Say something in `main` or in the room that one is in. Hosts and moderators may speak in any room.
 */
export type SendMessage = { 
/**
 * Where.
 */
roomId: RoomId, 
/**
 * What.
 */
content: MessageContent, 
/**
 * The message of the same room that this answers.
 */
replyTo?: MessageId, 
/**
 * Whom it wants to reach in particular: at most [`crate::limits::MENTIONS`] members of the session.
 */
mentions?: Array<ParticipantId>, 
/**
 * The last `seq` of the `session` stream that the client had when this was written. A sender who left the room after
 * that position may still send to it, for [`crate::limits::LATE_MESSAGE_MS`] and until the room closes. A repeat of
 * the command may carry another value.
 */
seenSession?: number, };

/**
 * An event at its place in a stream.
 */
export type SequencedEvent = { 
/**
 * Position in the stream: 1, 2, 3, … without gaps.
 */
seq: number, 
/**
 * Position in the journal. Events of one command share it; it grows, with gaps, along a stream.
 */
rev: number, 
/**
 * When, milliseconds since the epoch.
 */
at: number, } & ({ "type": "session_created", 
/**
 * The session.
 */
session: Session, 
/**
 * Marks this history: a client that holds another epoch starts afresh.
 */
epoch: string, } | { "type": "session_updated", 
/**
 * The session as it is now.
 */
session: Session, } | { "type": "session_ended", 
/**
 * The session as it is now.
 */
session: Session, } | { "type": "participant_joined", 
/**
 * Who.
 */
participant: Participant, } | { "type": "participant_left", 
/**
 * Who.
 */
participantId: ParticipantId, } | { "type": "participant_updated", 
/**
 * Them as they are now.
 */
participant: Participant, } | { "type": "participant_removed", 
/**
 * Who.
 */
participantId: ParticipantId, } | { "type": "participant_banned", 
/**
 * Who.
 */
participantId: ParticipantId, } | { "type": "participant_unbanned", 
/**
 * Who.
 */
participantId: ParticipantId, } | { "type": "breakout_room_created", 
/**
 * The whole room.
 */
room: Room, } | { "type": "breakout_room_opened", 
/**
 * The room as it is now.
 */
room: Room, } | { "type": "breakout_room_updated", 
/**
 * The room as it is now.
 */
room: Room, } | { "type": "breakout_room_warning", 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * When it begins to close, milliseconds since the epoch.
 */
endsAt: number, 
/**
 * About how long that is, in milliseconds.
 */
remainingMs: number, } | { "type": "breakout_room_closing", 
/**
 * The room as it is now.
 */
room: Room, } | { "type": "breakout_room_closed", 
/**
 * The room as it is now.
 */
room: Room, } | { "type": "breakout_room_deleted", 
/**
 * The room.
 */
roomId: RoomId, } | { "type": "participants_assigned", 
/**
 * Who, and to which room.
 */
assignments: Array<Assignment>, } | { "type": "breakout_room_joined", 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * Who.
 */
participantId: ParticipantId, } | { "type": "breakout_room_left", 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * Who.
 */
participantId: ParticipantId, } | { "type": "guests_assigned", 
/**
 * Who, and which room.
 */
assignments: Array<GuestAssignment>, } | { "type": "help_requested", 
/**
 * The request.
 */
request: HelpRequest, } | { "type": "help_updated", 
/**
 * The request as it is now.
 */
request: HelpRequest, } | { "type": "profile_updated", 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * What they wrote.
 */
profile: Profile, } | { "type": "message_created", 
/**
 * The message. Its position is that of the event.
 */
message: Message, } | { "type": "message_edited", 
/**
 * The message as it is now: after other changes too, where this comes late.
 */
message: Message, } | { "type": "message_deleted", 
/**
 * Where it was said.
 */
roomId: RoomId, 
/**
 * The message.
 */
messageId: MessageId, 
/**
 * Who took it back: its sender, or who keeps order there.
 */
deletedBy: ParticipantId, } | { "type": "message_reacted", 
/**
 * Where it was said.
 */
roomId: RoomId, 
/**
 * The message.
 */
messageId: MessageId, 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * Which.
 */
emoji: Emoji, 
/**
 * Whether it was put there, or taken away.
 */
added: boolean, } | { "type": "direct_message_created", 
/**
 * The message.
 */
message: DirectMessage, } | { "type": "direct_message_edited", 
/**
 * The message as it is now: after other changes too, where this comes late.
 */
message: DirectMessage, } | { "type": "direct_message_deleted", 
/**
 * The message.
 */
messageId: MessageId, 
/**
 * Who had said it, and took it back.
 */
senderId: ParticipantId, 
/**
 * To whom it was said.
 */
recipientId: ParticipantId, 
/**
 * The message's `version` by this: the same for both, whose `rev` are not.
 */
version: number, } | { "type": "direct_message_reacted", 
/**
 * The message.
 */
messageId: MessageId, 
/**
 * Who had said it.
 */
senderId: ParticipantId, 
/**
 * To whom it was said.
 */
recipientId: ParticipantId, 
/**
 * Who put it there: one of the two.
 */
participantId: ParticipantId, 
/**
 * Which.
 */
emoji: Emoji, 
/**
 * Whether it was put there, or taken away.
 */
added: boolean, 
/**
 * The message's `version` by this: the same for both, whose `rev` are not.
 */
version: number, });

/**
 * A frame from server to client, tagged by `type`.
 */
export type ServerFrame = { "type": "welcome" } & Welcome | { "type": "events" } & Events | { "type": "ack" } & Ack | { "type": "nack" } & Nack | { "type": "presence" } & Presence | { "type": "typing" } & TypingNotice | { "type": "direct_typing" } & DirectTyping | { "type": "read" } & ReadPositions | { "type": "receipts" } & Receipts | { "type": "notice" } & Notice;

/**
 * A session.
 */
export type Session = { 
/**
 * Its id, which is also its address.
 */
id: SessionId, 
/**
 * What it is called.
 */
title: SessionTitle, 
/**
 * Whether it goes on.
 */
state: SessionState, 
/**
 * Whether only those already in it may come in.
 */
locked: boolean, 
/**
 * Whether participants may choose a room; otherwise only the one they are assigned to is open to them.
 */
selfSelect: boolean, 
/**
 * Whether participants may return to main by themselves.
 */
returnAllowed: boolean, 
/**
 * How long rooms take to close when nothing else is said.
 */
countdownMs: CountdownMs, 
/**
 * Where people go who come while rooms are open.
 */
lateJoiners: LateJoiners, 
/**
 * How long participants wait between two messages in main; `null` for no wait.
 */
slowModeMs: SlowModeMs | null, 
/**
 * Whether a host has announced that this is being recorded. Flagship itself records nothing but what is written.
 */
recording: boolean, 
/**
 * Whether people are known by their aliases only: ids in it are pseudonyms, made for this session.
 */
anonymous: boolean, 
/**
 * How many times the rooms were opened together; 0 before the first.
 */
round: number, 
/**
 * Which messages of a breakout room a participant may read. Absent in a session from before this setting: every
 * participant who has been in a room reads all of it.
 */
chatHistory?: ChatHistory, 
/**
 * When it was created, milliseconds since the epoch.
 */
createdAt: number, 
/**
 * Who created it.
 */
createdBy: ParticipantId, 
/**
 * The `rev` of its last change.
 */
version: number, };

/**
 * One session.
 */
export type SessionBody = { 
/**
 * The session.
 */
session: Session, };

/**
 * Names a session, and with it its Durable Object: 1 to [`limits::SESSION_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
 */
export type SessionId = string;

/**
 * Whether a session goes on.
 */
export type SessionState = "live" | "ended";

/**
 * Title of a session: one line of 1 to [`limits::SESSION_TITLE_CHARS`] characters, trimmed.
 */
export type SessionTitle = string;

/**
 * Give somebody a role. The last host keeps theirs.
 */
export type SetRole = { 
/**
 * Who.
 */
participantId: ParticipantId, 
/**
 * The new role.
 */
role: Role, 
/**
 * The role that they had when this was decided: refused as `stale`, with them as they are, when somebody else has
 * given them another one since. Absent to give it in any case.
 */
expectedRole?: Role, };

/**
 * Give open rooms a timer, or another one.
 */
export type SetTimer = { 
/**
 * Which rooms; absent for all that are open.
 */
roomIds?: Array<RoomId>, 
/**
 * How long from now they stay open; `null` for no timer.
 */
durationMs: TimerMs | null, 
/**
 * The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
 * has changed one of them since. Rooms that are not named are taken as they are.
 */
expectedVersions?: { [key in RoomId]: number }, };

/**
 * Whether what the operator has to set can be used.
 */
export type SettingsHealth = { 
/**
 * Whether all of it can.
 */
ok: boolean, 
/**
 * The names of the settings that are missing or cannot be used.
 */
problems: Array<string>, };

/**
 * How long participants wait between two messages, in milliseconds: a second to an hour.
 */
export type SlowModeMs = number;

/**
 * The session as a newcomer needs it.
 */
export type Snapshot = { 
/**
 * The session itself.
 */
session: Session, 
/**
 * Everyone who is in it, by id.
 */
participants: Array<Participant>, 
/**
 * Every breakout room that is not deleted, oldest first. `main` is not among them.
 */
rooms: Array<Room>, 
/**
 * Those of `participants` who have a connection now.
 */
connected: Array<ParticipantId>, 
/**
 * The newest messages of each followed room, oldest first.
 */
messages: Array<Message>, 
/**
 * What only hosts and moderators know; `null` for others.
 */
moderation: Moderation | null, 
/**
 * What only the viewer knows, beside the moderators.
 */
own: Own, };

/**
 * What a client follows: an ordered sequence of events with a gap-free `seq` of its own.
 *
 * On the wire: `session`, `room:<id>`, `moderators` or `participant:<id>`. The id in the last is percent-encoded, so
 * that a stream's name is safe in any text.
 */
export type StreamId = string;

/**
 * Let two people change places: each goes where the other is, and has the other's assignment.
 */
export type SwapParticipants = { 
/**
 * One.
 */
participantId: ParticipantId, 
/**
 * The other.
 */
otherParticipantId: ParticipantId, 
/**
 * Where the one was when this was decided: refused as `stale`, with them as they are, when they are or belong
 * elsewhere by now. Absent to let them change places in any case.
 */
expected?: SeenPlace, 
/**
 * The same of the other.
 */
otherExpected?: SeenPlace, };

/**
 * One word or two about somebody: one line of 1 to [`limits::TAG_CHARS`] characters, trimmed.
 */
export type Tag = string;

/**
 * A set of rooms with those who are assigned to them, to be used again. It belongs to who saved it.
 */
export type Template = { 
/**
 * Its id.
 */
id: TemplateId, 
/**
 * What it is called.
 */
name: TemplateName, 
/**
 * The rooms, in order.
 */
rooms: Array<NewRoom>, 
/**
 * When it was saved, milliseconds since the epoch.
 */
createdAt: number, };

/**
 * One template.
 */
export type TemplateBody = { 
/**
 * The template.
 */
template: Template, };

/**
 * Names a template of its owner: 1 to [`limits::SESSION_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
 */
export type TemplateId = string;

/**
 * What a template is called: one line of 1 to [`limits::TEMPLATE_NAME_CHARS`] characters, trimmed.
 */
export type TemplateName = string;

/**
 * One's own templates, newest first.
 */
export type TemplatesBody = { 
/**
 * The templates.
 */
templates: Array<Template>, };

/**
 * Asks what creating a room would do.
 */
export type TestRoomCreation = { 
/**
 * The name to try.
 */
name?: RoomName, 
/**
 * The capacity to try.
 */
capacity?: Capacity, };

/**
 * Opens a socket without a token in its address: `…/socket?ticket=<ticket>`.
 */
export type Ticket = { 
/**
 * Good for one socket.
 */
ticket: string, 
/**
 * When it stops being good, milliseconds since the epoch.
 */
expiresAt: number, };

/**
 * How long rooms stay open, in milliseconds: a second to a day.
 */
export type TimerMs = number;

/**
 * The person is writing, in a room or to somebody: one of the two. Never stored.
 */
export type Typing = { 
/**
 * Where.
 */
roomId?: RoomId, 
/**
 * To whom alone.
 */
participantId?: ParticipantId, };

/**
 * Somebody is writing in a room.
 */
export type TypingNotice = { 
/**
 * Where.
 */
roomId: RoomId, 
/**
 * Who.
 */
participantId: ParticipantId, };

/**
 * Let somebody come back who was banned.
 */
export type UnbanParticipant = { 
/**
 * Who.
 */
participantId: ParticipantId, };

/**
 * Change one's own name here, or what one says about oneself. Absent fields stay as they are.
 */
export type UpdateProfile = { 
/**
 * The name that others see.
 */
alias?: Alias, 
/**
 * About oneself, for moderators who put groups together; `null` takes it back.
 */
about?: About | null, 
/**
 * The same in single words.
 */
tags?: Array<Tag>, };

/**
 * Rename, cap or lock a room, say who keeps order in it and how fast people may write. Absent fields stay as they
 * are.
 */
export type UpdateRoom = { 
/**
 * The room.
 */
roomId: RoomId, 
/**
 * A new name.
 */
name?: RoomName, 
/**
 * A new capacity, not below the number of people in the room; `null` lifts the limit.
 */
capacity?: Capacity | null, 
/**
 * Whether only hosts and moderators may come in.
 */
locked?: boolean, 
/**
 * Who keeps order in it, in place of those who did.
 */
facilitatorIds?: Array<ParticipantId>, 
/**
 * How long participants wait between two messages in it; `null` for no wait.
 */
slowModeMs?: SlowModeMs | null, 
/**
 * The `version` of the room that the change was made from: refused as `stale`, with the room as it is, when
 * somebody else has changed it since. Absent to change it in any case.
 */
expectedVersion?: number, };

/**
 * Changes a room; absent fields stay as they are.
 */
export type UpdateRoomBody = { 
/**
 * A new name.
 */
name?: RoomName, 
/**
 * A new capacity; `null` lifts the limit.
 */
capacity?: Capacity | null, 
/**
 * Whether only hosts and moderators may come in.
 */
locked?: boolean, 
/**
 * Who keeps order in it, in place of those who did.
 */
facilitatorIds?: Array<ParticipantId>, 
/**
 * How long participants wait between two messages; `null` for no wait.
 */
slowModeMs?: SlowModeMs | null, 
/**
 * The `version` of the room that the change was made from; see the command.
 */
expectedVersion?: number, };

/**
 * Change what the session is called and how its rooms work. Absent fields stay as they are.
 */
export type UpdateSession = { 
/**
 * A new title.
 */
title?: SessionTitle, 
/**
 * Whether only those already in the session may come in.
 */
locked?: boolean, 
/**
 * Whether participants may choose a room.
 */
selfSelect?: boolean, 
/**
 * Whether participants may return to main by themselves.
 */
returnAllowed?: boolean, 
/**
 * How long rooms take to close when nothing else is said.
 */
countdownMs?: CountdownMs, 
/**
 * Where people go who come while rooms are open.
 */
lateJoiners?: LateJoiners, 
/**
 * How long participants wait between two messages in main; `null` for no wait.
 */
slowModeMs?: SlowModeMs | null, 
/**
 * Whether this is being recorded, which everybody is told.
 */
recording?: boolean, 
/**
 * Which messages of a breakout room participants may read who come into it from now on. Refused in a session from
 * before this setting.
 */
chatHistory?: ChatHistory, 
/**
 * The `version` of the session that the change was made from: refused as `stale`, with the session as it is, when
 * somebody else has changed it since. Absent to change it in any case.
 */
expectedVersion?: number, };

/**
 * The answer to `hello`.
 */
export type Welcome = { 
/**
 * [`crate::PROTOCOL_VERSION`].
 */
protocol: number, 
/**
 * Marks this history; it goes into the next `hello`.
 */
epoch: string, 
/**
 * The server's clock, milliseconds since the epoch.
 */
serverTime: number, 
/**
 * Who the client is.
 */
self: Participant, 
/**
 * Whether the missed events follow. If not, `snapshot` is there and the client starts afresh.
 */
resumed: boolean, 
/**
 * The streams that the client follows and from which `seq`: the snapshot's, or the one it already had.
 */
streams: Record<string, number>, 
/**
 * The session as it is, unless `resumed`.
 */
snapshot: Snapshot | null, 
/**
 * The newest messages of followed streams that a resuming client did not hold, oldest first.
 */
messages?: Array<Message>, 
/**
 * What only hosts and moderators know, where the client becomes one of them.
 */
moderation?: Moderation, 
/**
 * How far this person has read, on whichever device; absent if nothing.
 */
read?: { [key in string]: number }, };

export const PROTOCOL_VERSION = 1;
export const SUBPROTOCOL = "flagship.v1";
export const BEARER_SUBPROTOCOL_PREFIX = "bearer.";

export const COMMANDS = ["join_session", "leave_session", "update_session", "end_session", "create_room", "create_rooms", "update_room", "close_room", "delete_room", "join_room", "leave_room", "move_participant", "swap_participants", "knock", "answer_knock", "invite_participants", "answer_invitation", "open_rooms", "close_rooms", "set_timer", "extend_timer", "recall_rooms", "assign", "assign_guests", "raise_hand", "ask_for_help", "claim_help", "resolve_help", "cancel_help", "update_profile", "set_role", "hand_over", "mute_participant", "remove_participant", "ban_participant", "unban_participant", "send_message", "broadcast", "send_direct_message", "edit_message", "delete_message", "react_to_message"] as const;

export const ERROR_CODES = ["malformed", "invalid", "unknown_frame", "unknown_command", "too_large", "unauthorized", "forbidden", "origin_not_allowed", "banned", "removed", "participant_banned", "session_locked", "room_locked", "muted", "not_in_room", "not_found", "method_not_allowed", "session_not_found", "room_not_found", "participant_not_found", "help_request_not_found", "message_not_found", "template_not_found", "audience_changed", "message_deleted", "session_ended", "session_full", "room_closed", "room_full", "too_many_rooms", "no_rooms", "nobody_assigned", "no_timer", "timer_too_long", "no_assignment", "already_claimed", "not_knocking", "not_invited", "too_many", "stale", "last_host", "capacity_too_low", "idempotency_mismatch", "hello_required", "upgrade_required", "ticket_invalid", "rate_limited", "unavailable", "misconfigured", "internal"] as const;

/** Application close codes of the socket; every other code means: reconnect. */
export const CLOSE_CODES = {
  4401: { reason: "unauthorized", after: "refresh_token" },
  4403: { reason: "forbidden", after: "stop" },
  4404: { reason: "session_not_found", after: "stop" },
  4408: { reason: "too_slow", after: "reconnect" },
  4409: { reason: "too_many_connections", after: "stop" },
  4410: { reason: "left", after: "stop" },
  4411: { reason: "removed", after: "stop" },
  4429: { reason: "too_fast", after: "reconnect" },
  4500: { reason: "internal", after: "reconnect" },
} as const satisfies Record<number, { reason: string; after: AfterClose }>;

/** Limits that a client can check before it asks. Lengths are in Unicode characters, durations in milliseconds. */
export const LIMITS = {
  sessionTitleChars: 120,
  roomNameChars: 80,
  aliasChars: 64,
  messageChars: 4000,
  frameBytes: 262144,
  framesPerMessage: 64,
  roomCapacity: 1000,
  timerMinMs: 1000,
  timerMaxMs: 86400000,
  countdownMaxMs: 300000,
  slowModeMinMs: 1000,
  slowModeMaxMs: 3600000,
  helpChars: 280,
  aboutChars: 500,
  tagChars: 40,
  tagsPerPerson: 16,
  guestKeyChars: 255,
  rooms: 100,
  templateNameChars: 80,
  mentions: 50,
  emojiPerMessage: 20,
  searchChars: 100,
  snapshotDirectMessages: 50,
  messagesPage: 100,
  lateMessageMs: 300000,
  longPollMs: 25000,
  tokenGraceMs: 25000,
} as const;
