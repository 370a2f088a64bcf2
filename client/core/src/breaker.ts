import type { Environment } from "./environment.ts";
import { FlagshipError } from "./errors.ts";

/** Whether requests are sent at all, as others see it. Times are in milliseconds since the epoch. */
export interface BreakerState {
  /** `closed`: yes. `open`: they fail at once, until `retryAt`. `half_open`: one is on trial. */
  readonly state: "closed" | "open" | "half_open";
  /** Failures since the last success. */
  readonly failures: number;
  /** When the next trial is due; `null` unless open. */
  readonly retryAt: number | null;
}

export const CLOSED: BreakerState = { state: "closed", failures: 0, retryAt: null };

/** Failures in a row that open it. More than one request with its retries, fewer than a person watches patiently. */
export const FAILURES_TO_OPEN = 5;

/** How long it stays open, the first time and at most. Milliseconds. */
const OPEN_MS = { base: 2_000, cap: 30_000 };

/**
 * Keeps requests from a service that does not answer: they would only wait, and keep it from coming back. Shared by
 * everything that goes to one service.
 */
export class Breaker {
  #state = CLOSED;
  #openings = 0;
  readonly #environment: Pick<Environment, "clock" | "random">;
  readonly #listeners = new Set<(state: BreakerState) => void>();

  constructor(environment: Pick<Environment, "clock" | "random">) {
    this.#environment = environment;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Calls back after each change. Returns what ends that. */
  subscribe(listener: (state: BreakerState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets a request pass, or throws a {@link FlagshipError} that says when to come again. */
  admit(): void {
    const { state, retryAt } = this.#state;
    if (state !== "open" || retryAt === null) return;
    const left = retryAt - this.#environment.clock.now();
    if (left > 0) {
      const seconds = Math.ceil(left / 1000);
      const message = `The service cannot be reached. It is tried again in ${seconds} s.`;
      throw new FlagshipError("network", message, { retryable: true, retryAfterMs: left });
    }
    this.trial();
  }

  /** Lets the next request pass, whatever the time: there is reason to believe that it will be answered. */
  trial(): void {
    if (this.#state.state === "open")
      this.#become({ ...this.#state, state: "half_open", retryAt: null });
  }

  /** The service answered. */
  succeeded(): void {
    this.#openings = 0;
    if (this.#state !== CLOSED) this.#become(CLOSED);
  }

  /** The service did not answer, or not as itself. */
  failed(): void {
    const failures = this.#state.failures + 1;
    const opens = this.#state.state === "half_open" || failures >= FAILURES_TO_OPEN;
    if (this.#state.state === "open" || !opens) {
      this.#become({ ...this.#state, failures });
      return;
    }
    const { clock, random } = this.#environment;
    // Half by chance: long enough to be of use, and not the same for all.
    const longest = Math.min(OPEN_MS.cap, OPEN_MS.base * 2 ** Math.min(this.#openings, 10));
    this.#openings += 1;
    const delay = Math.floor((longest * (1 + random())) / 2);
    this.#become({ state: "open", failures, retryAt: clock.now() + delay });
  }

  #become(state: BreakerState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
