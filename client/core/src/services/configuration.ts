import type { FlagshipClient } from "../client.ts";
import { FlagshipError } from "../errors.ts";
import type { SessionId } from "../generated/protocol.ts";
import type { SessionClient } from "../session-client.ts";
import type { SessionState } from "../state/index.ts";

/** The clients that the services may use, the last one first. */
let clients: readonly FlagshipClient[] = [];

/** Lets the services use a client that somebody made. Returns what takes it back. */
export function offerClient(client: FlagshipClient): () => void {
  clients = [client, ...clients];
  return () => {
    const at = clients.indexOf(client);
    clients = clients.filter((_, index) => index !== at);
  };
}

/** The client that the services use. Throws a {@link FlagshipError}, `not_configured`, while there is none. */
export function configuredClient(): FlagshipClient {
  const [client] = clients;
  if (client) return client;
  throw new FlagshipError(
    "not_configured",
    "Flagship does not know its service yet. Call configureFlagship({ url, getToken }) first, or put the page into a FlagshipProvider.",
  );
}

/** Does something in a session, connected for as long as that takes. Rejects with a {@link FlagshipError}. */
export async function inSession<T>(
  sessionId: SessionId,
  action: (session: SessionClient) => Promise<T>,
): Promise<T> {
  const session = configuredClient().session(sessionId);
  const release = session.hold();
  try {
    return await action(session);
  } finally {
    release();
  }
}

/** Tells of a session's state, now and after each change, connected until the returned function is called. */
export function followSession(
  sessionId: SessionId,
  listener: (state: SessionState, session: SessionClient) => void,
): () => void {
  const session = configuredClient().session(sessionId);
  const unsubscribe = session.store.subscribe(() => listener(session.store.getState(), session));
  const release = session.hold();
  listener(session.store.getState(), session);
  return () => {
    unsubscribe();
    release();
  };
}

/** The state once the session has been entered. Rejects with a {@link FlagshipError} when it cannot be. */
export function entered(session: SessionClient): Promise<SessionState> {
  return new Promise((resolve, reject) => {
    const unsubscribe = session.store.subscribe(look);
    look();

    function look() {
      const state = session.store.getState();
      if (state.connection.phase === "stopped") reject(state.connection.error);
      else if (state.session) resolve(state);
      else return;
      unsubscribe();
    }
  });
}
