import type {
  CommandId,
  CommandResult,
  DirectMessage,
  EditMessage,
  Message,
  MessageId,
  Participant,
  ReactToMessage,
  RoomId,
  SendDirectMessage,
  SendMessage,
} from "../generated/protocol.ts";
import { isMutedIn } from "../state/participants.ts";
import { type FakeSession, Refusal } from "./session.ts";

/** Says something in a room. */
export function say(
  session: FakeSession,
  me: Participant,
  commandId: CommandId,
  { roomId, content, replyTo, mentions, seenSession }: SendMessage,
  isBroadcast = false,
): Message {
  mayWrite(me, content, roomId);
  const room = session.rooms.get(roomId);
  if (roomId !== "main" && !room) throw new Refusal("room_not_found", "there is no such room");
  if (room?.state === "closed" || room?.state === "preparing") {
    throw new Refusal("room_closed", "this room is not open");
  }
  const isThere = room === undefined || roomId === me.roomId || me.role !== "participant";
  if (!isThere && !isBroadcast && !session.wasIn(me.id, roomId, seenSession)) {
    throw new Refusal("not_in_room", "you are not in this room");
  }
  const stream = `room:${roomId}`;
  const message: Message = {
    id: session.newId("m"),
    roomId,
    seq: session.head(stream) + 1,
    senderId: me.id,
    senderAlias: me.alias,
    content,
    createdAt: session.now(),
    commandId,
    ...(isBroadcast && { broadcast: true }),
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions && { mentions }),
  };
  session.emit(stream, { type: "message_created", message });
  return message;
}

/** Says something to one person alone. */
export function sayDirectly(
  session: FakeSession,
  me: Participant,
  commandId: CommandId,
  { participantId: recipientId, content, replyTo }: SendDirectMessage,
): DirectMessage {
  mayWrite(me, content);
  if (!session.members.has(recipientId)) {
    throw new Refusal("participant_not_found", "nobody with this id is here");
  }
  const message: DirectMessage = {
    id: `m${session.rev + 1}`,
    senderId: me.id,
    senderAlias: me.alias,
    recipientId,
    content,
    createdAt: session.now(),
    commandId,
    ...(replyTo !== undefined && { replyTo }),
  };
  for (const id of new Set([me.id, recipientId])) {
    session.emit(`participant:${id}`, { type: "direct_message_created", message });
  }
  return message;
}

export function edit(
  session: FakeSession,
  me: Participant,
  { messageId, content, mentions }: EditMessage,
): CommandResult {
  const before = messageOf(session, messageId);
  mayWrite(me, content, before.roomId);
  if (before.senderId !== me.id) throw new Refusal("forbidden", "only who said it may edit it");
  const changed = { content, editedAt: session.now(), ...(mentions && { mentions }) };
  const message = { ...before, ...changed, version: session.rev + 1 };
  session.emit(`room:${message.roomId}`, { type: "message_edited", message });
  return { message };
}

export function remove(session: FakeSession, me: Participant, messageId: MessageId): CommandResult {
  const { roomId, senderId } = messageOf(session, messageId);
  if (senderId !== me.id && me.role === "participant") {
    throw new Refusal("forbidden", "only who said it and moderators may take it back");
  }
  const deletedBy = me.id;
  session.emit(`room:${roomId}`, { type: "message_deleted", roomId, messageId, deletedBy });
  return {};
}

export function reactTo(
  session: FakeSession,
  me: Participant,
  { messageId, emoji, added }: ReactToMessage,
): CommandResult {
  const { roomId } = messageOf(session, messageId);
  const participantId = me.id;
  const reaction = { roomId, messageId, participantId, emoji, added };
  session.emit(`room:${roomId}`, { type: "message_reacted", ...reaction });
  return {};
}

function mayWrite(me: Participant, content: string, roomId?: RoomId): void {
  if (content.trim() === "") throw new Refusal("invalid", "content: say something");
  const isMuted = roomId === undefined ? me.muted : isMutedIn(me, roomId);
  if (isMuted) throw new Refusal("muted", "a moderator has muted you");
}

/** A message of a room as it is after its last edit. */
function messageOf(session: FakeSession, id: MessageId): Message {
  const found = [...session.events.values()].flat().flatMap((event) => {
    const isCopy = event.type === "message_created" || event.type === "message_edited";
    return isCopy && event.message.id === id ? [event.message] : [];
  });
  const last = found.at(-1);
  if (!last) throw new Refusal("message_not_found", "there is no such message");
  return last;
}
