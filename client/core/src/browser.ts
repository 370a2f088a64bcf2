import type { Clock, Environment, KeyValueStorage, Socket } from "./environment.ts";

const clock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** 96 random bits as 16 characters of `A-Z a-z 0-9 - _`. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** Keeps values for as long as the page lives; for where the browser's own storage is switched off. */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** `sessionStorage`: each tab sends what it queued itself. Reading the property throws if it is switched off. */
export function tabStorage(): KeyValueStorage {
  try {
    return sessionStorage;
  } catch {
    return memoryStorage();
  }
}

/** The network is back, or the page is looked at again: browsers slow the timers of hidden pages down. */
function onWake(callback: () => void): () => void {
  // Elsewhere than in a page, such as in Node, nothing sleeps.
  if (typeof window === "undefined" || typeof document === "undefined") return () => {};
  const onVisibility = () => {
    if (document.visibilityState === "visible") callback();
  };
  window.addEventListener("online", callback);
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    window.removeEventListener("online", callback);
    document.removeEventListener("visibilitychange", onVisibility);
  };
}

let isWarned = false;

/** Throws where there are no WebSockets, as in Node.js before version 22, and says so once: HTTP takes their place. */
function openSocket(url: string, protocols: string[]): Socket {
  if (typeof WebSocket === "undefined") {
    const message =
      "This runtime has no WebSocket: Flagship uses HTTP. Node.js has one from 22 on.";
    if (!isWarned) console.warn(message);
    isWarned = true;
    throw new Error(message);
  }
  return new WebSocket(url, protocols) as Socket;
}

/** The {@link Environment} that a browser offers. */
export function browserEnvironment(): Environment {
  return {
    clock,
    random: () => Math.random(),
    newId: randomId,
    fetch: (url, init) => fetch(url, init),
    openSocket,
    storage: tabStorage(),
    onWake,
  };
}
