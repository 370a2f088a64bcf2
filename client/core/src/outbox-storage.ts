import type { Clock } from "./environment.ts";
import { type ClientErrorCode, FlagshipError } from "./errors.ts";
import type { ErrorCode } from "./generated/protocol.ts";
import { isWritten, type QueuedCommand } from "./outbox.ts";
import type { QueueStore, SavedCommand } from "./queue-store.ts";

/** The server keeps idempotency keys at least this long: an older command might be done twice. Milliseconds. */
export const KEEP_MS = 24 * 60 * 60 * 1000;

/** A store that takes longer than this to open is done without. Milliseconds. */
export const OPEN_WITHIN_MS = 3_000;

/** Keeps the queue of one session across reloads, apart for each participant. */
export class OutboxStorage {
  readonly #session: string;
  readonly #store: QueueStore;
  readonly #clock: Clock;
  readonly #onFailure: () => void;
  #queue: string | undefined;

  /** `onFailure`: what is queued is not kept. */
  constructor(session: string, store: QueueStore, clock: Clock, onFailure: () => void) {
    this.#session = session;
    this.#store = store;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /** From now on this participant's queue is meant. What is left in it. */
  async open(participant: string): Promise<QueuedCommand[]> {
    const queue = `${this.#session}.${participant}`;
    this.#queue = queue;
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(OPEN_WITHIN_MS, () => reject(new Error("too slow")));
    });
    try {
      const saved = await Promise.race([this.#store.open(queue), late]);
      return saved.flatMap((command) => this.#revive(queue, command));
    } catch {
      this.#onFailure();
      return [];
    } finally {
      cancel();
    }
  }

  /** Keeps a command as it is now. */
  put({ id, command, createdAt, error }: QueuedCommand): void {
    const kept = error && { code: error.code, message: error.message };
    this.#keep((queue) => this.#store.put(queue, { id, command, createdAt, error: kept }));
  }

  remove(id: string): void {
    this.#keep((queue) => this.#store.remove(queue, id));
  }

  #keep(write: (queue: string) => Promise<void>): void {
    // Nobody's yet: the outbox keeps them once it knows whose they are.
    if (this.#queue === undefined) return;
    write(this.#queue).catch(this.#onFailure);
  }

  #revive(queue: string, { id, command, createdAt, error }: SavedCommand): QueuedCommand[] {
    if (error) return [{ id, command, createdAt, error: errorOf(error) }];
    if (this.#clock.now() - createdAt < KEEP_MS) return [{ id, command, createdAt, error: null }];
    if (!isWritten(command)) {
      this.#store.remove(queue, id).catch(this.#onFailure);
      return [];
    }
    const late = new FlagshipError(
      "expired",
      "This was not sent within a day. Send it again if it still matters.",
    );
    return [{ id, command, createdAt, error: late }];
  }
}

function errorOf({ code, message }: { code: ErrorCode | ClientErrorCode; message: string }) {
  return new FlagshipError(code, message);
}
