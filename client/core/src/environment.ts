/** Time, which tests move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The part of a WebSocket that is used here. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** The part of `Storage` (sessionStorage, localStorage) that is used here. Each method may throw. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Locks that pages of one origin share, such as `navigator.locks`. */
export interface Locks {
  /** Takes a lock until the returned function is called or the page is gone; undefined if it is taken. */
  take(name: string): Promise<(() => void) | undefined>;
}

/** Everything that a client takes from the world around it. */
export interface Environment {
  clock: Clock;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  /** A new idempotency key: visible ASCII, at most 128 characters, never the same twice. */
  newId(): string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Begins to open a WebSocket. Throws if the address or a subprotocol cannot be used at all. */
  openSocket(url: string, protocols: string[]): Socket;
  /** Where unsettled sends survive a reload. */
  storage: KeyValueStorage;
  /** Calls back whenever a lost connection is worth another try at once. Returns what stops it. */
  onWake(callback: () => void): () => void;
}
