import type { FlagshipError } from "../errors.ts";
import type {
  Command,
  CommandId,
  MessageId,
  ParticipantId,
  RoomId,
} from "../generated/protocol.ts";
import type { Queue, QueuedCommand } from "../outbox.ts";
import { MAIN_ROOM } from "./participants.ts";

/** A message of one's own that is not settled: shown at once, and replaced by the real one. */
export interface PendingMessage {
  /** The id of its command; the real message carries it too. */
  readonly commandId: CommandId;
  readonly roomId: RoomId;
  readonly content: string;
  /** The message that it answers. */
  readonly replyTo?: MessageId;
  /** When it was written, milliseconds since the epoch. */
  readonly createdAt: number;
  /** `queued`: it waits for the connection, or for those before it. `failed`: `error` says why. */
  readonly state: "queued" | "sending" | "failed";
  /** Why it was refused; `null` while it is on its way. */
  readonly error: FlagshipError | null;
}

/** What waits to be sent, of all kinds. */
export interface OutboxState {
  /** Commands that are not settled. */
  readonly waiting: number;
  /** Messages that were refused and wait for the person to send them again, or to drop them. */
  readonly failed: number;
  /** When the oldest of those that wait was given, milliseconds since the epoch; `null` if none waits. */
  readonly oldestAt: number | null;
  /** Whether what waits survives a reload. */
  readonly isDurable: boolean;
}

export const EMPTY_OUTBOX: OutboxState = {
  waiting: 0,
  failed: 0,
  oldestAt: null,
  isDurable: true,
};

/** A direct message of one's own that is not settled. */
export interface PendingDirectMessage extends Omit<PendingMessage, "roomId"> {
  /** Who is to get it. */
  readonly recipientId: ParticipantId;
}

/**
 * A command as it is given at a position of the `session` stream. A message to a room says from where it was written:
 * it may go there although its sender has been moved by the time that it is sent.
 */
export function writtenFrom(command: Command, position: number | undefined): Command {
  if (command.type !== "send_message" || position === undefined) return command;
  return command.roomId === MAIN_ROOM ? command : { ...command, seenSession: position };
}

/** The messages among the queued commands, oldest first. The same as were held, if they are. */
export function pendingOf(
  held: readonly PendingMessage[],
  { commands, inFlight }: Queue,
): readonly PendingMessage[] {
  const pending = commands.flatMap((queued): PendingMessage[] => {
    const { command } = queued;
    if (command.type !== "send_message") return [];
    return [{ ...stateOf(queued, inFlight), ...wordsOf(command), roomId: command.roomId }];
  });
  return keep(held, pending);
}

/** The same of direct messages. */
export function pendingDirectOf(
  held: readonly PendingDirectMessage[],
  { commands, inFlight }: Queue,
): readonly PendingDirectMessage[] {
  const pending = commands.flatMap((queued): PendingDirectMessage[] => {
    const { command } = queued;
    if (command.type !== "send_direct_message") return [];
    const { participantId: recipientId } = command;
    return [{ ...stateOf(queued, inFlight), ...wordsOf(command), recipientId }];
  });
  return keep(held, pending);
}

function stateOf({ id, createdAt, error }: QueuedCommand, inFlight: CommandId | undefined) {
  const state = error ? "failed" : id === inFlight ? "sending" : "queued";
  return { commandId: id, createdAt, state, error } as const;
}

function wordsOf({ content, replyTo }: { content: string; replyTo?: MessageId }) {
  return { content, ...(replyTo !== undefined && { replyTo }) };
}

type Kept = Pick<PendingMessage, "commandId" | "state" | "error">;

/** What is as it was stays the same object, and the whole the same list. */
function keep<P extends Kept>(held: readonly P[], pending: readonly P[]): readonly P[] {
  const kept = pending.map((message) => held.find((other) => isSame(other, message)) ?? message);
  const isHeld =
    kept.length === held.length && kept.every((message, index) => message === held[index]);
  return isHeld ? held : kept;
}

function isSame(a: Kept, b: Kept): boolean {
  return a.commandId === b.commandId && a.state === b.state && a.error === b.error;
}

/** The same as was held, if it is. */
export function outboxOf(held: OutboxState, { commands, isDurable }: Queue): OutboxState {
  const waiting = commands.filter(({ error }) => !error);
  const oldestAt = waiting[0]?.createdAt ?? null;
  const failed = commands.length - waiting.length;
  const isHeld =
    held.waiting === waiting.length &&
    held.failed === failed &&
    held.oldestAt === oldestAt &&
    held.isDurable === isDurable;
  return isHeld ? held : { waiting: waiting.length, failed, oldestAt, isDurable };
}
