import { useSyncExternalStore } from "react";

/** Which page an address means. */
export type Route = { page: "start" } | { page: "session"; sessionId: string };

/** The id in a session's link, in its path, or as it is; undefined if there is none. */
export function sessionIdIn(text: string): string | undefined {
  const path = /\/s\/([^/?#]+)/.exec(text)?.[1] ?? text.trim();
  return /^[A-Za-z0-9_-]{1,64}$/.test(path) ? path : undefined;
}

/** The path of a session's page. */
export const sessionPath = (sessionId: string) => `/s/${sessionId}`;

/** Goes to another page of this app. */
export function navigate(path: string): void {
  history.pushState(null, "", path);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** The page that the address bar means, now and after each change. */
export function useRoute(): Route {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  const sessionId = path.startsWith("/s/") ? sessionIdIn(path) : undefined;
  return sessionId ? { page: "session", sessionId } : { page: "start" };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  return () => window.removeEventListener("popstate", listener);
}
