import type { FlagshipClient } from "../client.ts";
import { FlagshipError } from "../errors.ts";
import type { SessionId } from "../generated/protocol.ts";
import type { SessionClient } from "../session-client.ts";
import { isConnected, type SessionState } from "../state/index.ts";

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

/** The last call of each session that waits for the state. Later calls are queued behind it, so that none overtakes. */
const turns = new WeakMap<SessionClient, Promise<unknown>>();

/** Does something in a session, connected for as long as that takes. Rejects with a {@link FlagshipError}. */
export async function inSession<T>(
  sessionId: SessionId,
  action: (session: SessionClient) => Promise<T>,
): Promise<T> {
  const session = configuredClient().session(sessionId);
  const release = session.hold();
  try {
    const before = turns.get(session);
    if (before) await inTurn(session, before);
    return await action(session);
  } finally {
    release();
  }
}

/**
 * Runs an action that depends on the state at the time of the call: at once while the session is followed, else as soon
 * as it has been entered. The state of an earlier connection is stale and is not used.
 */
export async function fromState<T>(
  sessionId: SessionId,
  action: (state: SessionState, session: SessionClient) => Promise<T>,
): Promise<T> {
  const session = configuredClient().session(sessionId);
  const { session: known, connection } = session.store.getState();
  const isFollowed = known && connection.phase !== "idle" && connection.phase !== "stopped";
  const release = session.hold();
  try {
    const before = turns.get(session);
    if (before || !isFollowed) await inTurn(session, before, () => entered(session));
    return await action(session.store.getState(), session);
  } finally {
    release();
  }
}

/** Waits for the previous call to begin, then for `more`. The next call continues right after. */
async function inTurn(
  session: SessionClient,
  before: Promise<unknown> | undefined,
  more: () => Promise<unknown> = async () => {},
): Promise<void> {
  const turn = Promise.resolve(before).then(more);
  const ended = turn.then(
    () => {},
    () => {},
  );
  turns.set(session, ended);
  void ended.then(() => turns.get(session) === ended && turns.delete(session));
  await turn;
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

/**
 * Waits until the session has been entered and its state is of now. Rejects with a {@link FlagshipError} when it cannot
 * be entered.
 */
function entered(session: SessionClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const unsubscribe = session.store.subscribe(look);
    look();

    function look() {
      const state = session.store.getState();
      if (state.connection.phase === "stopped") reject(state.connection.error);
      else if (state.session && isConnected(state)) resolve();
      else return;
      unsubscribe();
    }
  });
}
