import type { Environment } from "./environment.ts";
import { FlagshipError } from "./errors.ts";
import type { Command, CommandId } from "./generated/protocol.ts";
import type { QueuedCommand } from "./outbox.ts";

/** The server keeps idempotency keys at least this long: an older command might be done twice. Milliseconds. */
export const KEEP_MS = 24 * 60 * 60 * 1000;

interface Saved {
  id: CommandId;
  command: Command;
  createdAt: number;
  error: Pick<FlagshipError, "code" | "message"> | null;
}

/** Keeps a queue of commands across reloads, one for each participant of a session. */
export class OutboxStorage {
  readonly #name: string;
  readonly #environment: Environment;
  #key: string | undefined;

  constructor(name: string, environment: Environment) {
    this.#name = name;
    this.#environment = environment;
  }

  /** From now on this participant's queue is meant. What they left; undefined if it was meant before. */
  open(participant: string): QueuedCommand[] | undefined {
    const key = `flagship.outbox.${this.#name}.${participant}`;
    if (key === this.#key) return undefined;
    this.#key = key;
    return this.#load(key).flatMap((saved) => this.#revive(saved));
  }

  /** Writes the queue. A storage that is full or switched off costs only what a reload would lose. */
  save(queue: readonly QueuedCommand[]): void {
    if (this.#key === undefined) return;
    const { storage } = this.#environment;
    const saved = queue.map(({ id, command, createdAt, error }) => ({
      id,
      command,
      createdAt,
      error: error && { code: error.code, message: error.message },
    }));
    try {
      if (saved.length === 0) storage.removeItem(this.#key);
      else storage.setItem(this.#key, JSON.stringify(saved));
    } catch {}
  }

  #load(key: string): Saved[] {
    try {
      const saved: unknown = JSON.parse(this.#environment.storage.getItem(key) ?? "[]");
      return Array.isArray(saved) ? saved : [];
    } catch {
      return [];
    }
  }

  #revive({ id, command, createdAt, error }: Saved): QueuedCommand[] {
    if (error)
      return [{ id, command, createdAt, error: new FlagshipError(error.code, error.message) }];
    if (this.#environment.clock.now() - createdAt < KEEP_MS)
      return [{ id, command, createdAt, error: null }];
    if (command.type !== "send_message") return [];
    const late = new FlagshipError(
      "expired",
      "This was not sent within a day. Send it again if it still matters.",
    );
    return [{ id, command, createdAt, error: late }];
  }
}
