import type { SessionClient, SessionState } from "@flagship/core";
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";

const SessionContext = createContext<SessionClient | null>(null);

/** Connects to a session for as long as this is on the page. Several of them share one connection. */
export function SessionProvider({
  session,
  children,
}: {
  session: SessionClient;
  children: ReactNode;
}) {
  useEffect(() => session.hold(), [session]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session of this page. */
export function useSession(): SessionClient {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a SessionProvider around it");
  return session;
}

/** A part of the session's state. The selector gives a part that is there, never a new object. */
export function useSessionState<T>(selector: (state: SessionState) => T): T {
  const { store } = useSession();
  return useSyncExternalStore(store.subscribe, () => selector(store.getState()));
}
