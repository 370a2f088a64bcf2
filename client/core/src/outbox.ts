import { type Backoff, fullJitter } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { FlagshipError } from "./errors.ts";
import type {
  Ack,
  Command,
  CommandId,
  CommandResult,
  Message,
  Nack,
} from "./generated/protocol.ts";
import { OutboxStorage } from "./outbox-storage.ts";

/** A command that is not settled, or that was refused and waits for the person to decide. */
export interface QueuedCommand {
  /** The idempotency key. It stays the same however often the command is sent. */
  readonly id: CommandId;
  readonly command: Command;
  /** When it was given, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Why it was refused for good; `null` while it is on its way. */
  readonly error: FlagshipError | null;
}

/** A command that was carried out. */
export interface Settled {
  readonly id: CommandId;
  /** Whether the server had carried it out already, when it was sent before and the answer was lost. */
  readonly duplicate: boolean;
  readonly result: CommandResult;
}

/** Delays between tries of a command that the server cannot take just now, unless it says how long to wait. */
export const RETRY_BACKOFF: Backoff = { base: 1_000, cap: 30_000 };

/** After so many such answers a command counts as refused: about two minutes. */
const TRIES = 8;

/** A command without an answer for so long makes the connection suspect. Milliseconds. */
export const ANSWER_WITHIN_MS = 15_000;

interface Entry extends QueuedCommand {
  error: FlagshipError | null;
  tries: number;
  resolve?: (settled: Settled) => void;
  reject?: (error: FlagshipError) => void;
}

/** What an outbox asks of, and tells, the one who holds it. */
export interface OutboxOwner {
  /** Sends a command, if there is a connection. */
  send(id: CommandId, command: Command): boolean;
  /** No answer came in time. */
  unanswered(): void;
  /** The queue changed. */
  changed(queue: readonly QueuedCommand[]): void;
}

/**
 * Keeps every command until the server has settled it, and sends it again under the same id for as long as it has
 * not. One is on its way at a time: each sees what the one before brought about, and a retry never overtakes.
 */
export class Outbox {
  readonly #environment: Environment;
  readonly #owner: OutboxOwner;
  readonly #storage: OutboxStorage;
  #participant: string | undefined;
  #queue: Entry[] = [];
  #online = false;
  #inFlight: CommandId | undefined;
  #cancelTimer: (() => void) | undefined;
  /** Whether the timer that runs is the pause before a retry. */
  #pausing = false;

  /** `name` tells this session's queue from others in the storage. */
  constructor(name: string, environment: Environment, owner: OutboxOwner) {
    this.#environment = environment;
    this.#owner = owner;
    this.#storage = new OutboxStorage(name, environment);
  }

  /**
   * Queues a command, under an id of the caller's or a new one. Rejects with a {@link FlagshipError} when it is refused
   * for good.
   */
  submit(command: Command, id: CommandId = this.#environment.newId()): Promise<Settled> {
    return new Promise((resolve, reject) => {
      const { clock } = this.#environment;
      const entry = { id, command, createdAt: clock.now(), error: null, tries: 0 };
      this.#queue.push({ ...entry, resolve, reject });
      this.#changed();
      this.#pump();
    });
  }

  /**
   * The server says whose commands these are: what they left unsettled before a reload is taken up again. If it was
   * somebody else before, theirs are left for their return: nobody speaks in another's name.
   */
  belongsTo(participant: string): void {
    const left = this.#storage.open(participant);
    if (left === undefined) return;
    if (this.#participant !== undefined) {
      const error = new FlagshipError("unauthorized", "Somebody else is signed in now.");
      for (const { reject } of this.#queue.splice(0)) reject?.(error);
    }
    this.#participant = participant;
    this.#queue.unshift(...left.map((entry) => ({ ...entry, tries: 0 })));
    this.#changed();
  }

  /** A connection is open. */
  online(): void {
    this.#online = true;
    this.#pump();
  }

  /** The connection is gone: what was on its way will be sent again. */
  offline(): void {
    this.#online = false;
    this.#inFlight = undefined;
    if (!this.#pausing) this.#cancelTimer?.();
  }

  acked({ id, duplicate, result }: Ack): void {
    this.#settle(id, { id, duplicate, result });
  }

  /** A message that is there was carried out, whether or not its ack has come. */
  seen(message: Message): void {
    this.#settle(message.commandId, {
      id: message.commandId,
      duplicate: false,
      result: { message },
    });
  }

  nacked({ id, error: body }: Nack): void {
    const entry = this.#queue.find((other) => other.id === id);
    if (!entry || entry.error) return;
    const error = FlagshipError.from(body);
    if (this.#inFlight === id) this.#land();
    entry.tries += 1;
    if (error.retryable && entry.tries < TRIES) this.#pause(entry, error.retryAfterMs ?? 0);
    else this.#fail(entry, error);
    this.#pump();
  }

  /** Gives every command up: there will be no connection. */
  failAll(error: FlagshipError): void {
    this.offline();
    for (const entry of this.#waiting()) this.#fail(entry, error);
  }

  /** Sends a refused command again, under the same id, after all others. */
  retry(id: CommandId): void {
    const entry = this.#queue.find((other) => other.id === id && other.error);
    if (!entry) return;
    this.#queue = [...this.#queue.filter((other) => other !== entry), entry];
    entry.error = null;
    entry.tries = 0;
    this.#changed();
    this.#pump();
  }

  /** Forgets a refused command. One that is on its way cannot be called back. */
  discard(id: CommandId): void {
    const kept = this.#queue.filter((entry) => entry.id !== id || !entry.error);
    if (kept.length === this.#queue.length) return;
    this.#queue = kept;
    this.#changed();
  }

  #waiting(): Entry[] {
    return this.#queue.filter(({ error }) => !error);
  }

  #pump(): void {
    if (!this.#online || this.#pausing || this.#inFlight !== undefined) return;
    const next = this.#waiting()[0];
    if (!next || !this.#owner.send(next.id, next.command)) return;
    this.#inFlight = next.id;
    const { clock } = this.#environment;
    this.#cancelTimer = clock.after(ANSWER_WITHIN_MS, () => this.#owner.unanswered());
  }

  #pause(entry: Entry, least: number): void {
    const { clock, random } = this.#environment;
    const delay = Math.max(least, fullJitter(RETRY_BACKOFF, entry.tries - 1, random));
    this.#pausing = true;
    this.#cancelTimer = clock.after(delay, () => {
      this.#pausing = false;
      this.#pump();
    });
  }

  #settle(id: CommandId, settled: Settled): void {
    const entry = this.#queue.find((other) => other.id === id);
    if (!entry) return;
    this.#queue = this.#queue.filter((other) => other !== entry);
    if (this.#inFlight === id) this.#land();
    this.#changed();
    entry.resolve?.(settled);
    this.#pump();
  }

  /** A message stays, so that its words are not lost; anything else is done with. */
  #fail(entry: Entry, error: FlagshipError): void {
    entry.error = error;
    if (entry.command.type !== "send_message") {
      this.#queue = this.#queue.filter((other) => other !== entry);
    }
    this.#changed();
    entry.reject?.(error);
  }

  #land(): void {
    this.#inFlight = undefined;
    this.#cancelTimer?.();
  }

  #changed(): void {
    this.#storage.save(this.#queue);
    this.#owner.changed(
      this.#queue.map(({ id, command, createdAt, error }) => ({ id, command, createdAt, error })),
    );
  }
}
