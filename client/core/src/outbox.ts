import { type Backoff, fullJitter } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { FlagshipError } from "./errors.ts";
import type { Ack, Command, CommandId, CommandResult, Nack } from "./generated/protocol.ts";
import { OutboxStorage } from "./outbox-storage.ts";
import type { QueueStore } from "./queue-store.ts";

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

/** The queue as it is now. */
export interface Queue {
  /** Everything in it, oldest first. */
  readonly commands: readonly QueuedCommand[];
  /** The one that is on its way. */
  readonly inFlight: CommandId | undefined;
  /** Whether it survives a reload. */
  readonly isDurable: boolean;
}

/** A command that was carried out. */
export interface Settled {
  readonly id: CommandId;
  /** Whether the server had carried it out already, when it was sent before and the answer was lost. */
  readonly duplicate: boolean;
  readonly result: CommandResult;
}

/** What happens to commands, for statistics. */
export type OutboxEvent = "sent" | "resent" | "acked" | "duplicate" | "refused" | "failed";

/** Delays between tries of a command that the server cannot take just now, unless it says how long to wait. */
export const RETRY_BACKOFF: Backoff = { base: 1_000, cap: 30_000 };

/** After so many such answers a command counts as refused: about two minutes. */
const TRIES = 8;

/** A command without an answer for so long makes the connection suspect. Milliseconds. */
export const ANSWER_WITHIN_MS = 15_000;

/** Most commands that wait, and most characters of them as JSON: what a server takes in one go, and any storage holds. */
export const QUEUE_LIMITS = { commands: 1_000, characters: 2_000_000 };

interface Entry extends QueuedCommand {
  error: FlagshipError | null;
  /** Refusals that were not for good. */
  tries: number;
  sendings: number;
  /** Sendings of which nobody can say what became. */
  losses: number;
  size: number;
  resolve?: (settled: Settled) => void;
  reject?: (error: FlagshipError) => void;
}

/** Whether a command carries what somebody wrote to others. */
export function isWritten({ type }: Command): boolean {
  return type === "send_message" || type === "send_direct_message";
}

/** What an outbox asks of, and tells, the one who holds it. */
export interface OutboxOwner {
  /** Sends a command, if there is a connection. */
  send(id: CommandId, command: Command): boolean;
  /** No answer came in time. */
  unanswered(): void;
  /** The queue changed. */
  changed(queue: Queue): void;
  happened(event: OutboxEvent): void;
  /** The answer to a command took so long. Milliseconds. */
  roundTrip(milliseconds: number): void;
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
  #isOnline = false;
  #isDurable = true;
  /** What is left of before is being read: until it is there, nothing may overtake it. */
  #opening: Promise<void> | undefined;
  /** Messages that turned out to be there in the meantime. */
  #seenWhileOpening: Settled[] = [];
  #inFlight: { id: CommandId; since: number } | undefined;
  #cancelTimer: (() => void) | undefined;
  /** Whether the timer that runs is the pause before a retry. */
  #isPausing = false;

  /** `name` tells this session's queue from others in the store. */
  constructor(name: string, store: QueueStore, environment: Environment, owner: OutboxOwner) {
    this.#environment = environment;
    this.#owner = owner;
    this.#storage = new OutboxStorage(name, store, environment.clock, () => this.#notDurable());
  }

  /**
   * Queues a command, under an id of the caller's or a new one. Rejects with a {@link FlagshipError} when it is refused
   * for good, or the queue is full.
   */
  submit(command: Command, id: CommandId = this.#environment.newId()): Promise<Settled> {
    return new Promise((resolve, reject) => {
      const size = JSON.stringify(command).length;
      if (!this.#hasRoom(size)) {
        const message = "Too much is waiting to be sent. Wait until the connection is back.";
        reject(new FlagshipError("queue_full", message, { retryable: true }));
        return;
      }
      const { clock } = this.#environment;
      const entry = { id, command, createdAt: clock.now(), error: null };
      this.#queue.push({ ...entry, size, tries: 0, sendings: 0, losses: 0, resolve, reject });
      this.#storage.put(entry);
      if (!this.#pump()) this.#changed();
    });
  }

  /**
   * The server says whose commands these are: what they left unsettled before a reload is taken up again. If it was
   * somebody else before, theirs are left for their return: nobody speaks in another's name.
   */
  belongsTo(participant: string): void {
    if (this.#participant !== undefined && this.#participant !== participant) {
      const error = new FlagshipError("unauthorized", "Somebody else is signed in now.");
      for (const { reject } of this.#queue.splice(0)) reject?.(error);
      this.#changed();
    }
    const isNew = this.#participant !== participant;
    this.#participant = participant;
    const opening = this.#open(participant, isNew).finally(() => {
      if (this.#opening !== opening) return;
      this.#opening = undefined;
      for (const settled of this.#seenWhileOpening.splice(0)) this.#settle(settled.id, settled);
      this.#pump();
    });
    this.#opening = opening;
  }

  /** A connection is there. */
  online(): void {
    this.#isOnline = true;
    this.#pump();
  }

  /** The connection is gone: what was on its way will be sent again. */
  offline(): void {
    this.#isOnline = false;
    this.#inFlight = undefined;
    if (!this.#isPausing) this.#cancelTimer?.();
    this.#changed();
  }

  acked({ id, duplicate, result }: Ack): void {
    this.#measure(id);
    this.#settle(id, { id, duplicate, result });
  }

  /** A message that is there was carried out, whether or not its ack has come. */
  seen(id: CommandId, result: CommandResult): void {
    const settled = { id, duplicate: false, result };
    if (this.#opening) this.#seenWhileOpening.push(settled);
    this.#measure(id);
    this.#settle(id, settled);
  }

  nacked({ id, error: body }: Nack): void {
    if (id !== null) this.refused(id, FlagshipError.from(body));
  }

  /** The server will not do this, or not now. */
  refused(id: CommandId, error: FlagshipError): void {
    const entry = this.#queue.find((other) => other.id === id);
    if (!entry || entry.error) return;
    if (this.#inFlight?.id === id) this.#land();
    entry.tries += 1;
    this.#owner.happened("refused");
    if (error.retryable && entry.tries < TRIES) {
      this.#pause(entry.tries - 1, error.retryAfterMs ?? 0);
    } else {
      this.#fail(entry, error);
    }
    this.#changed();
    this.#pump();
  }

  /** Nobody can say whether this was heard: it is sent again, however often. `least`: milliseconds until then. */
  lost(id: CommandId, least: number): void {
    const entry = this.#queue.find((other) => other.id === id);
    if (!entry || this.#inFlight?.id !== id) return;
    this.#land();
    entry.losses += 1;
    this.#pause(entry.losses - 1, least);
    this.#changed();
  }

  /** Gives every command up: there will be no connection. */
  failAll(error: FlagshipError): void {
    this.offline();
    for (const entry of this.#waiting()) this.#fail(entry, error);
    this.#changed();
  }

  /** Sends a refused command again, under the same id, after all others. */
  retry(id: CommandId): void {
    const entry = this.#queue.find((other) => other.id === id && other.error);
    if (!entry) return;
    this.#queue = [...this.#queue.filter((other) => other !== entry), entry];
    entry.error = null;
    entry.tries = 0;
    this.#storage.put(entry);
    this.#changed();
    this.#pump();
  }

  /** Forgets a refused command. One that is on its way cannot be called back. */
  discard(id: CommandId): void {
    const kept = this.#queue.filter((entry) => entry.id !== id || !entry.error);
    if (kept.length === this.#queue.length) return;
    this.#queue = kept;
    this.#storage.remove(id);
    this.#changed();
  }

  async #open(participant: string, isNew: boolean): Promise<void> {
    const left = await this.#storage.open(participant);
    if (this.#participant !== participant) return;
    if (isNew) for (const entry of this.#queue) this.#storage.put(entry);
    const known = new Set(this.#queue.map(({ id }) => id));
    const taken = left.filter(({ id }) => !known.has(id));
    if (taken.length === 0) return;
    this.#queue.unshift(
      ...taken.map((entry) => {
        const size = JSON.stringify(entry.command).length;
        return { ...entry, size, tries: 0, sendings: 0, losses: 0 };
      }),
    );
    this.#changed();
  }

  #hasRoom(size: number): boolean {
    const held = this.#queue.reduce((sum, entry) => sum + entry.size, 0);
    return this.#queue.length < QUEUE_LIMITS.commands && held + size <= QUEUE_LIMITS.characters;
  }

  #waiting(): Entry[] {
    return this.#queue.filter(({ error }) => !error);
  }

  /** Sends the next command, if it is its time. */
  #pump(): boolean {
    if (!this.#isOnline || this.#opening || this.#isPausing || this.#inFlight) return false;
    const next = this.#queue.find(({ error }) => !error);
    if (!next || !this.#owner.send(next.id, next.command)) return false;
    const { clock } = this.#environment;
    this.#inFlight = { id: next.id, since: clock.now() };
    this.#cancelTimer = clock.after(ANSWER_WITHIN_MS, () => this.#owner.unanswered());
    this.#owner.happened(next.sendings === 0 ? "sent" : "resent");
    next.sendings += 1;
    this.#changed();
    return true;
  }

  #pause(attempt: number, least: number): void {
    const { clock, random } = this.#environment;
    const delay = Math.max(least, fullJitter(RETRY_BACKOFF, attempt, random));
    this.#isPausing = true;
    this.#cancelTimer = clock.after(delay, () => {
      this.#isPausing = false;
      this.#pump();
    });
  }

  #settle(id: CommandId, settled: Settled): void {
    const entry = this.#queue.find((other) => other.id === id);
    if (!entry) return;
    this.#queue = this.#queue.filter((other) => other !== entry);
    if (this.#inFlight?.id === id) this.#land();
    this.#storage.remove(id);
    this.#owner.happened("acked");
    if (settled.duplicate) this.#owner.happened("duplicate");
    this.#changed();
    entry.resolve?.(settled);
    this.#pump();
  }

  /** What somebody wrote stays, so that their words are not lost; anything else is done with. */
  #fail(entry: Entry, error: FlagshipError): void {
    entry.error = error;
    if (isWritten(entry.command)) {
      this.#storage.put(entry);
    } else {
      this.#queue = this.#queue.filter((other) => other !== entry);
      this.#storage.remove(entry.id);
    }
    this.#owner.happened("failed");
    entry.reject?.(error);
  }

  /** Something answers the command that is on its way. */
  #measure(id: CommandId): void {
    if (this.#inFlight?.id !== id) return;
    this.#owner.roundTrip(this.#environment.clock.now() - this.#inFlight.since);
  }

  #land(): void {
    this.#inFlight = undefined;
    this.#cancelTimer?.();
  }

  #notDurable(): void {
    if (!this.#isDurable) return;
    this.#isDurable = false;
    this.#changed();
  }

  #changed(): void {
    this.#owner.changed({
      commands: this.#queue.map(({ id, command, createdAt, error }) => ({
        id,
        command,
        createdAt,
        error,
      })),
      inFlight: this.#inFlight?.id,
      isDurable: this.#isDurable,
    });
  }
}
