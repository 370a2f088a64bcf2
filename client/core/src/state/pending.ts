import type { FlagshipError } from "../errors.ts";
import type { CommandId, RoomId } from "../generated/protocol.ts";
import type { QueuedCommand } from "../outbox.ts";

/** A message of one's own that is not settled: shown at once, and replaced by the real one. */
export interface PendingMessage {
  /** The id of its command; the real message carries it too. */
  readonly commandId: CommandId;
  readonly roomId: RoomId;
  readonly content: string;
  /** When it was written, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Why it was refused; `null` while it is on its way. */
  readonly error: FlagshipError | null;
}

/** The messages among the queued commands, oldest first. */
export function pendingOf(queue: readonly QueuedCommand[]): readonly PendingMessage[] {
  return queue.flatMap(({ id, command, createdAt, error }) =>
    command.type === "send_message"
      ? { commandId: id, roomId: command.roomId, content: command.content, createdAt, error }
      : [],
  );
}
