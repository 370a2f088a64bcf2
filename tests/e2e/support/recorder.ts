// A list that things are added to as they happen, and that can be waited on.

import { DEADLINE_MS } from "./wait.ts";

export class Recorder<T> {
  /** Everything so far, in order. */
  readonly items: T[] = [];
  readonly #what: string;
  readonly #watchers = new Set<() => void>();

  /** `what` names one item, for failures. */
  constructor(what: string) {
    this.#what = what;
  }

  push(item: T): void {
    this.items.push(item);
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** The first item from position `from` on for which `matches` holds: now, or when it comes. */
  find<U extends T>(
    matches: (item: T) => item is U,
    options?: { from?: number; ms?: number },
  ): Promise<U>;
  find(matches: (item: T) => boolean, options?: { from?: number; ms?: number }): Promise<T>;
  find(
    matches: (item: T) => boolean,
    { from = 0, ms = DEADLINE_MS }: { from?: number; ms?: number } = {},
  ): Promise<T> {
    let next = from;
    const look = () => {
      for (; next < this.items.length; next += 1) {
        const item = this.items[next] as T;
        if (matches(item)) return { item };
      }
      return undefined;
    };
    const found = look();
    if (found) return Promise.resolve(found.item);
    return new Promise((resolve, reject) => {
      const watcher = () => {
        const found = look();
        if (!found) return;
        settle();
        resolve(found.item);
      };
      const timer = setTimeout(() => {
        settle();
        const last = this.items.slice(-5).map((item) => JSON.stringify(item)?.slice(0, 200));
        const seen = `${this.items.length} came, the last:\n  ${last.join("\n  ")}`;
        reject(new Error(`no such ${this.#what} within ${ms} ms: ${matches}\n${seen}`));
      }, ms);
      const settle = () => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      this.#watchers.add(watcher);
    });
  }
}
