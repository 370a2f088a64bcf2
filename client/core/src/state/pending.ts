import type { FlagshipError } from "../errors.ts";
import type { CommandId, MessageId, RoomId } from "../generated/protocol.ts";
import type { Queue } from "../outbox.ts";

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

/** The messages among the queued commands, oldest first. The same as were held, if they are. */
export function pendingOf(
  held: readonly PendingMessage[],
  { commands, inFlight }: Queue,
): readonly PendingMessage[] {
  const pending = commands.flatMap(({ id, command, createdAt, error }) => {
    if (command.type !== "send_message") return [];
    const { roomId, content, replyTo } = command;
    const state = error ? "failed" : id === inFlight ? "sending" : "queued";
    const message: PendingMessage = {
      commandId: id,
      roomId,
      content,
      ...(replyTo !== undefined && { replyTo }),
      createdAt,
      state,
      error,
    };
    return held.find((other) => isSame(other, message)) ?? message;
  });
  const isHeld =
    pending.length === held.length && pending.every((message, index) => message === held[index]);
  return isHeld ? held : pending;
}

function isSame(a: PendingMessage, b: PendingMessage): boolean {
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
