import type { Clock } from "./environment.ts";

/** How long a connection outlives its last holder, who may be back at once: another page, another call. Milliseconds. */
export const LINGER_MS = 2_000;

/** Counts those who need a connection: it is begun for the first and ended after the last. */
export class Holders {
  readonly #clock: Clock;
  readonly #begin: () => void;
  readonly #end: () => void;
  #count = 0;
  #cancelEnd: (() => void) | undefined;

  constructor(clock: Clock, begin: () => void, end: () => void) {
    this.#clock = clock;
    this.#begin = begin;
    this.#end = end;
  }

  /** One more. Returns what lets go; calling that twice does nothing. */
  add(): () => void {
    this.#cancelEnd?.();
    this.#count += 1;
    // For each, not for the first only: whoever comes after it was given up tries once more.
    this.#begin();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#count -= 1;
      if (this.#count === 0) this.#cancelEnd = this.#clock.after(LINGER_MS, this.#end);
    };
  }
}
