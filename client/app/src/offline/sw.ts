// The service worker: keeps the page's own files, so that it opens without a network. What the service answers under
// /api is never kept: it is somebody's, and old at once.

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/** An event that lasts as long as a promise. */
interface ActivateEvent extends Event {
  waitUntil(done: Promise<void>): void;
}

declare const self: typeof globalThis & {
  __WB_MANIFEST: PrecacheEntry[];
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "activate", listener: (event: ActivateEvent) => void): void;
};

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(new NavigationRoute(createHandlerBoundToURL("/"), { denylist: [/^\/api\//] }));

// Not before the person says so: a page must not find the files of another version under it.
self.addEventListener("message", ({ data }) => {
  if (data === "take-over") void self.skipWaiting();
});

// A page that was loaded before there was a worker can be loaded again without a network, too.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
