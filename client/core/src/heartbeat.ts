import type { Clock } from "./environment.ts";

/** The bare text frames that keep a connection open without waking the session. */
export const PING = "ping";
export const PONG = "pong";

/**
 * From one ping to the next, also while the other end is heard: that it hears this one, nothing else says. Below the
 * 30 s after which proxies drop idle connections. Milliseconds.
 */
export const PING_AFTER_MS = 25_000;

/** How long the answer to a ping may take. Milliseconds. */
export const PONG_WITHIN_MS = 10_000;

/** … and when the page has just woken up, so that a dead connection does not pass for a live one. */
export const PONG_AFTER_WAKE_MS = 4_000;

/** Notices that a connection is dead although nothing closed it, and lets the other end notice. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #cancel: (() => void) | undefined;
  /** When the last ping went out; before the first, when the other end was heard first. */
  #lastAt: number | undefined;
  /** When the ping went out whose answer is awaited. */
  #pingedAt: number | undefined;

  /** `ping` sends one; `dead` is called when no answer came. */
  constructor(clock: Clock, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#dead = dead;
  }

  /** The other end was heard: no answer is awaited any more, and the next ping goes out in its time. */
  heard(): void {
    this.stop();
    const now = this.#clock.now();
    this.#lastAt ??= now;
    const within = Math.max(0, this.#lastAt + PING_AFTER_MS - now);
    this.#cancel = this.#clock.after(within, () => this.check(PONG_WITHIN_MS));
  }

  /** Pings now and gives the other end so many milliseconds. */
  check(within: number): void {
    this.stop();
    this.#cancel = this.#clock.after(within, this.#dead);
    this.#pingedAt = this.#lastAt = this.#clock.now();
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
