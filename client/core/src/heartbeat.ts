import type { Clock } from "./environment.ts";

/** The bare text frames that keep a connection open without waking the session. */
export const PING = "ping";
export const PONG = "pong";

/** Longest silence before a ping: below the 30 s after which proxies drop idle connections. Milliseconds. */
export const PING_AFTER_MS = 25_000;

/** How long the answer to a ping may take. Milliseconds. */
export const PONG_WITHIN_MS = 10_000;

/** … and when the page has just woken up, so that a dead connection does not pass for a live one. */
export const PONG_AFTER_WAKE_MS = 4_000;

/** Notices that a connection is dead although nothing closed it. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #cancel: (() => void) | undefined;
  /** When the ping went out whose answer is awaited. */
  #pingedAt: number | undefined;

  /** `ping` sends one; `dead` is called when no answer came. */
  constructor(clock: Clock, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#dead = dead;
  }

  /** The other end was heard: starts to count again. */
  heard(): void {
    this.stop();
    this.#cancel = this.#clock.after(PING_AFTER_MS, () => this.check(PONG_WITHIN_MS));
  }

  /** Pings now and gives the other end so many milliseconds. */
  check(within: number): void {
    this.stop();
    this.#cancel = this.#clock.after(within, this.#dead);
    this.#pingedAt = this.#clock.now();
    this.#ping();
  }

  /** A pong came. How long it took, in milliseconds; undefined if none was awaited. */
  answered(): number | undefined {
    const pingedAt = this.#pingedAt;
    this.#pingedAt = undefined;
    return pingedAt === undefined ? undefined : this.#clock.now() - pingedAt;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
