import { EMPTY_STATE, type SessionState } from "./state/index.ts";

/** What others see of a store; fits React's `useSyncExternalStore`. */
export interface ReadableStore {
  /** The same object until something changes. */
  getState(): SessionState;
  /** Calls back after each change. Returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/** Holds the state and tells those who listen. */
export class Store implements ReadableStore {
  #state: SessionState = EMPTY_STATE;
  #told: SessionState = EMPTY_STATE;
  #depth = 0;
  readonly #listeners = new Set<() => void>();

  readonly getState = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Replaces the state. Listeners are told at the end of the outermost `batch`. */
  update(change: (state: SessionState) => SessionState): void {
    this.batch(() => {
      this.#state = change(this.#state);
    });
  }

  /** Several updates that are told as one. */
  batch(changes: () => void): void {
    this.#depth += 1;
    try {
      changes();
    } finally {
      this.#depth -= 1;
    }
    if (this.#depth > 0 || this.#told === this.#state) return;
    this.#told = this.#state;
    for (const listener of [...this.#listeners]) listener();
  }
}
