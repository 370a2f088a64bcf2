import { useSyncExternalStore } from "react";

/** How often a page that stays open asks for a new version. Milliseconds: an hour. */
const ASK_EVERY_MS = 3_600_000;

const listeners = new Set<() => void>();
let waiting: ServiceWorker | undefined;

/** Keeps the page's files for when there is no network, and notices a new version. Once, when the page starts. */
export function installServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  // The first one takes the page without being asked; only then is it in control, and any other is an update.
  serviceWorker.register("/sw.js").then((registration) => {
    const look = () => {
      const found = serviceWorker.controller ? (registration.waiting ?? undefined) : undefined;
      if (found === waiting) return;
      waiting = found;
      for (const listener of [...listeners]) listener();
    };
    look();
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
    setInterval(() => void registration.update().catch(() => {}), ASK_EVERY_MS);
  }, console.warn);
}

/** Whether a new version waits. */
export function useIsUpdateReady(): boolean {
  return useSyncExternalStore(subscribe, () => waiting !== undefined);
}

/** Lets the new version take over, and starts the page again with it. */
export function update(): void {
  if (!waiting) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  waiting.postMessage("take-over");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
