import type { KeyValueStorage } from "./environment.ts";
import type { FlagshipError } from "./errors.ts";
import type { Command, CommandId } from "./generated/protocol.ts";

/** A command as it is kept across reloads. */
export interface SavedCommand {
  /** The idempotency key. */
  readonly id: CommandId;
  readonly command: Command;
  /** When it was given, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Why it was refused for good; `null` while it is on its way. */
  readonly error: Pick<FlagshipError, "code" | "message"> | null;
}

/**
 * Keeps queues of commands across reloads. A queue belongs to one participant of one session. Any promise may reject:
 * that costs only what a reload would lose.
 */
export interface QueueStore {
  /** What is left in a queue, oldest first, for this page to send: what another page is about to send, it leaves to that. */
  open(queue: string): Promise<SavedCommand[]>;
  /** Adds a command at the end of a queue, or changes it where it is. */
  put(queue: string, command: SavedCommand): Promise<void>;
  remove(queue: string, id: CommandId): Promise<void>;
}

/** Keeps queues as texts in `sessionStorage` or the like: each tab has its own. */
export function keyValueQueueStore(storage: KeyValueStorage): QueueStore {
  const keyOf = (queue: string) => `flagship.outbox.${queue}`;
  const read = (queue: string): SavedCommand[] => {
    try {
      const saved: unknown = JSON.parse(storage.getItem(keyOf(queue)) ?? "[]");
      return Array.isArray(saved) ? saved : [];
    } catch {
      return [];
    }
  };
  const write = (queue: string, saved: SavedCommand[]) => {
    if (saved.length === 0) storage.removeItem(keyOf(queue));
    else storage.setItem(keyOf(queue), JSON.stringify(saved));
  };
  return {
    async open(queue) {
      return read(queue);
    },
    async put(queue, command) {
      const saved = read(queue);
      const known = saved.findIndex(({ id }) => id === command.id);
      if (known < 0) saved.push(command);
      else saved[known] = command;
      write(queue, saved);
    },
    async remove(queue, id) {
      write(
        queue,
        read(queue).filter((command) => command.id !== id),
      );
    },
  };
}
