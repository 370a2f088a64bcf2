// Lets statements of objects' storage fail: see fronts/failing-storage.mjs.

import { readFileSync } from "node:fs";
import type { Running } from "./service.ts";

/** The module to run in front of the Worker. */
export const failingFront = readFileSync(
  new URL("fronts/failing-storage.mjs", import.meta.url),
  "utf8",
);

/** Which statement fails. */
export interface Failing {
  /** What it begins with; any write, if absent. */
  of?: string;
  /** How many fail from there on; one, if absent. */
  times?: number;
}

export class Failures {
  readonly #url: URL;

  constructor(service: Running) {
    this.#url = new URL("/fail", service.base);
  }

  /** Lets the statement with this number fail, counted from now on. */
  async fail(number: number, { of, times }: Failing = {}): Promise<void> {
    const url = new URL(this.#url);
    url.searchParams.set("write", String(number));
    if (of !== undefined) url.searchParams.set("of", of);
    if (times !== undefined) url.searchParams.set("times", String(times));
    await fetch(url, { method: "POST" });
  }

  /** From now on, nothing fails. */
  stop(): Promise<void> {
    return this.fail(0);
  }

  /** How many statements are still to come before one fails; 0 once it has. */
  async left(): Promise<number> {
    return ((await (await fetch(this.#url)).json()) as { left: number }).left;
  }
}
