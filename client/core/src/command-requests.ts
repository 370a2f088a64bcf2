import { asFlagshipError, type FlagshipError } from "./errors.ts";
import type { Ack, Command, CommandId, SessionId } from "./generated/protocol.ts";
import { type Http, pathOf } from "./http.ts";
import { isWritten } from "./outbox.ts";

/** The callbacks of {@link CommandRequests}. */
export interface CommandRequestsOwner {
  /** A command was carried out, and the polls have told what it brought about. */
  acked(ack: Ack, command: Command): void;
  refused(id: CommandId, error: FlagshipError): void;
  /** The outcome is unknown. `least`: milliseconds until the command may be sent again. */
  lost(id: CommandId, least: number): void;
  /** The polls are to go on without a pause. */
  hurry(): void;
}

/**
 * Sends commands as HTTP requests. The answer to a command overtakes its events, which come with the next poll: the
 * answer is held until a poll has brought them, so that the state has the effect before the promise settles.
 */
export class CommandRequests {
  readonly #path: string;
  readonly #http: Http;
  readonly #owner: CommandRequestsOwner;
  /** The number of the connection in use: a command of an earlier one is sent again, and only that answer counts. */
  #way = 0;
  /** The position in the journal up to which the polls of this way have told everything. */
  #told = 0;
  #held: { ack: Ack; command: Command } | undefined;

  constructor(session: SessionId, http: Http, owner: CommandRequestsOwner) {
    this.#path = `${pathOf(session)}/commands`;
    this.#http = http;
    this.#owner = owner;
  }

  /** Whether an answer is held until its events have come. */
  get isHolding(): boolean {
    return this.#held !== undefined;
  }

  async send(id: CommandId, command: Command): Promise<void> {
    const way = this.#way;
    const body = { id, command };
    try {
      const request = { method: "POST", path: this.#path, body, key: id, tries: 1 } as const;
      const ack = await this.#http.request<Ack>(request);
      if (way === this.#way) this.#take(ack, command);
    } catch (thrown) {
      if (way !== this.#way) return;
      const error = asFlagshipError(thrown, "network");
      if (error.code === "network") this.#owner.lost(id, error.retryAfterMs ?? 0);
      else this.#owner.refused(id, error);
    }
  }

  /** The polls have told everything up to this position. */
  told(rev: number): void {
    this.#told = Math.max(this.#told, rev);
    if (this.#held && this.#held.ack.rev <= this.#told) this.#release();
  }

  /** Begins another connection, over which unanswered commands are sent again. */
  restart(): void {
    this.#way += 1;
    this.#told = 0;
    this.#held = undefined;
  }

  /** Ends for good. An answer that is held counts: no connection will bring its events. */
  stop(): void {
    this.#release();
    this.restart();
  }

  #take(ack: Ack, command: Command): void {
    this.#held = { ack, command };
    // The answer to a message carries the message; after leaving, the server sends no more events.
    const isWhole = isWritten(command) || command.type === "leave_session";
    if (isWhole || ack.rev <= this.#told) this.#release();
    else this.#owner.hurry();
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held) this.#owner.acked(held.ack, held.command);
  }
}
