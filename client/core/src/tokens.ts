import type { Clock } from "./environment.ts";
import { asFlagshipError, FlagshipError } from "./errors.ts";

/**
 * Gives a token for the person who uses this client.
 *
 * `fresh` is true when the token given before has expired, is about to, or was refused: a cached one will not do.
 * Reject with a {@link FlagshipError} that is not `retryable` to stop the client; any other rejection is tried again.
 */
export type GetToken = (request: { fresh: boolean }) => Promise<string> | string;

/** A token is replaced this long before it expires: time for a few tries over a bad connection. Milliseconds. */
export const REFRESH_AHEAD_MS = 60_000;

/** Least time between two tries to get another token while one holds. Milliseconds. */
export const TRY_AGAIN_MS = 10_000;

/**
 * When a JWT expires, in milliseconds since the epoch; undefined if the token does not say or cannot be read.
 * The signature is not checked: only the server can.
 */
export function expiryOf(token: string): number | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof claims?.exp === "number" ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/** Holds the token in use and asks for another when it must. Shared by HTTP calls and sockets. */
export class TokenSource {
  readonly #getToken: GetToken;
  readonly #clock: Clock;
  #held: string | undefined;
  #refused = false;
  #asking: Promise<string> | undefined;
  /** The token in use is replaced this long before it expires. */
  #ahead = REFRESH_AHEAD_MS;
  #askedAt = Number.NEGATIVE_INFINITY;
  /** Server's clock minus ours. Expiry is in the server's time, and a person's clock may be hours off. */
  #clockOffset = 0;

  constructor(getToken: GetToken, clock: Clock) {
    this.#getToken = getToken;
    this.#clock = clock;
  }

  /** Learns the server's clock, milliseconds since the epoch. */
  serverTimeIs(serverTime: number): void {
    this.#clockOffset = serverTime - this.#clock.now();
  }

  /** How long from now until something in the server's time, in milliseconds. */
  until(serverTime: number): number {
    return serverTime - (this.#clock.now() + this.#clockOffset);
  }

  /**
   * The token in use, or another if there is none, or it has expired or soon will. Rejects with a
   * {@link FlagshipError}.
   */
  async current(): Promise<string> {
    const held = this.#held;
    if (held === undefined || this.#refused) return this.renew();
    const expiry = expiryOf(held);
    const left = expiry === undefined ? Number.POSITIVE_INFINITY : this.until(expiry);
    if (left <= 0) return this.renew();
    const isTime = left <= this.#ahead && this.#clock.now() - this.#askedAt >= TRY_AGAIN_MS;
    // It holds still: that there is no other yet is no reason to fail.
    return isTime ? this.renew().catch(() => held) : held;
  }

  /** Another token. Rejects with a {@link FlagshipError}. Calls at the same time share one answer. */
  renew(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** The server did not accept this token: the next one asked for is fresh. */
  refused(token: string): void {
    if (token === this.#held) this.#refused = true;
  }

  async #ask(): Promise<string> {
    let token: unknown;
    this.#askedAt = this.#clock.now();
    try {
      token = await this.#getToken({ fresh: this.#held !== undefined });
    } catch (thrown) {
      if (thrown instanceof FlagshipError) throw thrown;
      const { message } = asFlagshipError(thrown, "token");
      throw new FlagshipError("token", message, { cause: thrown, retryable: true });
    }
    if (typeof token !== "string" || token === "") {
      throw new FlagshipError("token", "getToken gave no token");
    }
    this.#held = token;
    this.#refused = false;
    const left = this.until(expiryOf(token) ?? Number.POSITIVE_INFINITY);
    // Of a token that lives for less than two minutes, half the life is used.
    this.#ahead = Math.min(REFRESH_AHEAD_MS, left / 2);
    return token;
  }
}
