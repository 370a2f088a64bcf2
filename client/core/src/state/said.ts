import type {
  DirectMessage,
  Message,
  MessageId,
  ParticipantId,
  Reaction,
  RoomId,
  SequencedEvent,
} from "../generated/protocol.ts";
import type { UnsettledCommand } from "./expected.ts";
import type { Messages } from "./messages.ts";

/** What messages in rooms and direct ones have in common. */
type Said = Pick<
  Message | DirectMessage,
  "id" | "content" | "reactions" | "editedAt" | "deletedAt" | "version"
>;

/** Of two copies of a message, the one that is newer. */
export function newer<M extends Said>(held: M, other: M): M {
  return (other.version ?? 0) > (held.version ?? 0) ? other : held;
}

/** Returns whether a message comes without its content, because this person may not read it any more. */
export function isWithheld({ content, deletedAt }: Said): boolean {
  return content === "" && deletedAt === undefined;
}

/** The messages of rooms after an event that changes one. Of one that is not held nothing is to be changed. */
export function reduceChanges(held: Messages, event: SequencedEvent): Messages {
  switch (event.type) {
    case "message_edited":
      return change(held, event.message.roomId, event.message.id, (message) =>
        newer(message, event.message),
      );
    case "message_deleted":
      return change(held, event.roomId, event.messageId, (message) => {
        if (!isNews(message, event)) return message;
        const { mentions: _, ...rest } = deleted(message, event);
        return { ...rest, deletedBy: event.deletedBy };
      });
    case "message_reacted":
      return change(held, event.roomId, event.messageId, (message) =>
        isNews(message, event) ? reacted(message, event) : message,
      );
    default:
      return held;
  }
}

/** One's own direct messages after an event, oldest first. */
export function reduceDirect(
  held: readonly DirectMessage[],
  event: SequencedEvent,
): readonly DirectMessage[] {
  const at = (id: MessageId, to: (message: DirectMessage) => DirectMessage) =>
    held.map((message) => (message.id === id ? to(message) : message));
  switch (event.type) {
    case "direct_message_created":
      return withDirect(held, event.message);
    case "direct_message_edited":
      return at(event.message.id, (message) => newer(message, event.message));
    // The two hear of it at different revs, and hold the same version.
    case "direct_message_deleted":
      return at(event.messageId, (message) => {
        const changed = { ...event, rev: event.version };
        return isNews(message, changed) ? deleted(message, changed) : message;
      });
    case "direct_message_reacted":
      return at(event.messageId, (message) => {
        const changed = { ...event, rev: event.version };
        return isNews(message, changed) ? reacted(message, changed) : message;
      });
    default:
      return held;
  }
}

/** Direct messages with one more, or with a newer copy of one that is held. */
export function withDirect(
  held: readonly DirectMessage[],
  added: DirectMessage,
): readonly DirectMessage[] {
  return held.some(({ id }) => id === added.id)
    ? held.map((message) => (message.id === added.id ? newer(message, added) : message))
    : [...held, added];
}

/** A message as it will be if none of one's own unsettled commands about it is refused. The same if there is none. */
export function expectedMessage<M extends Message | DirectMessage>(
  message: M,
  unsettled: readonly UnsettledCommand[],
  selfId: ParticipantId | null,
): M {
  if (selfId === null || message.deletedAt !== undefined) return message;
  let expected = message;
  for (const { command } of unsettled) {
    if (!("messageId" in command) || command.messageId !== message.id) continue;
    // Not newer by version: what the server says counts as soon as it is there.
    const rev = message.version ?? 0;
    if (command.type === "edit_message") {
      expected = { ...expected, content: command.content, editedAt: message.createdAt };
    } else if (command.type === "delete_message") {
      expected = deleted(expected, { at: message.createdAt, rev });
    } else if (command.type === "react_to_message") {
      expected = reacted(expected, { ...command, participantId: selfId, rev });
    }
  }
  return expected;
}

function change(
  held: Messages,
  roomId: RoomId,
  id: MessageId,
  to: (message: Message) => Message,
): Messages {
  const room = held[roomId];
  const before = room?.items.find((message) => message.id === id);
  if (!room || !before) return held;
  const after = to(before);
  if (after === before) return held;
  const items = room.items.map((message) => (message === before ? after : message));
  return { ...held, [roomId]: { ...room, items } };
}

/** Whether an event is not in a message yet. */
function isNews({ version }: Said, { rev }: { rev: number }): boolean {
  return rev > (version ?? 0);
}

function deleted<M extends Said>(message: M, { at, rev }: { at: number; rev: number }): M {
  const { reactions: _, ...rest } = message;
  return { ...(rest as M), content: "", deletedAt: at, version: rev };
}

interface Reacted {
  emoji: string;
  participantId: ParticipantId;
  added: boolean;
  rev: number;
}

function reacted<M extends Said>(message: M, { emoji, participantId, added, rev }: Reacted): M {
  const before: readonly Reaction[] = message.reactions ?? [];
  const known = before.find((reaction) => reaction.emoji === emoji);
  const others = known?.participantIds.filter((id) => id !== participantId) ?? [];
  const isThere = known?.participantIds.includes(participantId) ?? false;
  const participantIds =
    added && isThere ? (known?.participantIds ?? []) : added ? [...others, participantId] : others;
  const after = known
    ? before.map((reaction) => (reaction === known ? { ...known, participantIds } : reaction))
    : [...before, { emoji, participantIds }];
  return {
    ...message,
    reactions: after.filter((reaction) => reaction.participantIds.length > 0),
    version: rev,
  };
}
