import type { Clock } from "./environment.ts";
import { asFlagshipError } from "./errors.ts";
import { expiryOf, REFRESH_AHEAD_MS, type TokenSource, TRY_AGAIN_MS } from "./tokens.ts";

/** Timers of browsers hold 31 bits: longer waits are cut in pieces. Milliseconds. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** Sends another token over an open connection before the one in use expires. */
export class Renewal {
  readonly #tokens: TokenSource;
  readonly #clock: Clock;
  readonly #send: (token: string) => void;
  #cancel: (() => void) | undefined;
  #inUse = "";
  /** Raised by `stop`, so that an answer for an earlier connection is not sent over a later one. */
  #generation = 0;

  constructor(tokens: TokenSource, clock: Clock, send: (token: string) => void) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#send = send;
  }

  /** A connection is open with this token. */
  start(token: string): void {
    this.#inUse = token;
    const expiry = expiryOf(token);
    if (expiry !== undefined) this.expiresAt(expiry);
  }

  /** The server says when the token in use expires, milliseconds since the epoch. */
  expiresAt(expiry: number): void {
    const left = this.#tokens.until(expiry);
    // Of a token that lives for less than two minutes, half the life is used.
    this.#wait(Math.max(left - REFRESH_AHEAD_MS, left / 2, TRY_AGAIN_MS), expiry);
  }

  /** Gets another token and sends it, now. */
  async now(): Promise<void> {
    this.#cancel?.();
    const generation = this.#generation;
    try {
      const token = await this.#tokens.renew();
      // The same token again would expire at the same time: the server's word ends that, not ours.
      if (generation !== this.#generation || token === this.#inUse) return;
      this.#inUse = token;
      this.#send(token);
    } catch (thrown) {
      // Where there is no use in asking again, the connection ends when the server ends it.
      if (generation !== this.#generation || !asFlagshipError(thrown, "token").retryable) return;
      this.#cancel = this.#clock.after(TRY_AGAIN_MS, () => void this.now());
    }
  }

  stop(): void {
    this.#generation += 1;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(milliseconds: number, expiry: number): void {
    this.#cancel?.();
    this.#cancel =
      milliseconds > LONGEST_WAIT_MS
        ? this.#clock.after(LONGEST_WAIT_MS, () => this.expiresAt(expiry))
        : this.#clock.after(milliseconds, () => void this.now());
  }
}
