import { asFlagshipError, type FlagshipError } from "./errors.ts";
import type { Ack, Command, CommandId, SessionId } from "./generated/protocol.ts";
import { type Http, pathOf } from "./http.ts";
import { isWritten } from "./outbox.ts";

/** What these requests tell the one who holds them. */
export interface CommandRequestsOwner {
  /** A command was carried out, and the polls have told what it brought about. */
  acked(ack: Ack, command: Command): void;
  refused(id: CommandId, error: FlagshipError): void;
  /** Nobody can say whether it was heard. `least`: milliseconds until it may be sent again. */
  lost(id: CommandId, least: number): void;
  /** The polls are to go on without a pause. */
  hurry(): void;
}

/**
 * Sends commands as requests. An answer overtakes the events of its command, which come with the next poll: it is held
 * until that has told of them, so that whoever waits for the answer finds them in the state.
 */
export class CommandRequests {
  readonly #path: string;
  readonly #http: Http;
  readonly #owner: CommandRequestsOwner;
  /** Raised with each way: what was sent over an earlier one is sent again, and that answer counts. */
  #way = 0;
  /** The position in the journal up to which the polls of this way have told everything. */
  #told = 0;
  #held: { ack: Ack; command: Command } | undefined;

  constructor(session: SessionId, http: Http, owner: CommandRequestsOwner) {
    this.#path = `${pathOf(session)}/commands`;
    this.#http = http;
    this.#owner = owner;
  }

  /** Whether an answer waits for its events. */
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

  /** Another way begins: what is under way by this one is sent again by that. */
  restart(): void {
    this.#way += 1;
    this.#told = 0;
    this.#held = undefined;
  }

  /** There will be no other way: an answer that is held is all that will come. */
  stop(): void {
    this.#release();
    this.restart();
  }

  #take(ack: Ack, command: Command): void {
    this.#held = { ack, command };
    // A message is in its answer. Whoever left is told nothing more.
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
