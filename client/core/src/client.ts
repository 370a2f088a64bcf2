import { Breaker } from "./breaker.ts";
import { browserEnvironment } from "./browser.ts";
import type { Environment } from "./environment.ts";
import type { CreateSession, DevelopmentToken, Session, SessionId } from "./generated/protocol.ts";
import { Http } from "./http.ts";
import { keyValueQueueStore, type QueueStore } from "./queue-store.ts";
import { SessionClient } from "./session-client.ts";
import { type GetToken, TokenSource } from "./tokens.ts";

/** What a client needs to know. */
export interface FlagshipClientOptions {
  /** Where the service is: `https://example.com`. */
  url: string;
  /** Gives a token for the person who uses this client. */
  getToken: GetToken;
  /**
   * Where unsettled commands survive a reload: `sessionStorage`, if absent. `indexedDbQueueStore` of
   * `@flagship/core/offline` keeps them when the tab is closed, too.
   */
  queue?: QueueStore;
  /** What to take instead of what the browser offers. */
  environment?: Partial<Environment>;
}

/** One person's way to the service. */
export interface FlagshipClient {
  /**
   * Creates a session (title of 1 to 120 characters); the caller becomes its host. `anonymous`: nobody sees the ids or
   * names of anybody's token, which cannot be changed later.
   */
  createSession(request: CreateSession): Promise<Session>;
  /** The session with this id: always the same object, not connected until its `connect()`. */
  session(id: SessionId): SessionClient;
  /** Closes every connection. */
  stop(): void;
}

/** Makes a client. Nothing is sent before something is asked of it. */
export function createFlagshipClient(options: FlagshipClientOptions): FlagshipClient {
  const all = parts(options);
  const { http } = all;
  const sessions = new Map<SessionId, SessionClient>();
  return {
    createSession: (request) => http.createSession(request),
    session(id) {
      const known = sessions.get(id);
      if (known) return known;
      const session = new SessionClient(id, all);
      sessions.set(id, session);
      return session;
    },
    stop() {
      for (const session of sessions.values()) session.stop();
    },
  };
}

/**
 * A token for development, for whoever asks. Rejects with a `FlagshipError`: `not_found` where the service does not
 * run for development.
 */
export function developmentToken(
  options: Omit<FlagshipClientOptions, "getToken" | "queue">,
  alias: string,
): Promise<DevelopmentToken> {
  return parts({ ...options, getToken: () => "" }).http.developmentToken(alias);
}

function parts(options: FlagshipClientOptions) {
  const url = options.url.replace(/\/+$/, "");
  const environment = { ...browserEnvironment(), ...options.environment };
  const tokens = new TokenSource(options.getToken, environment.clock);
  const breaker = new Breaker(environment);
  const http = new Http(url, environment, tokens, breaker);
  const queue = options.queue ?? keyValueQueueStore(environment.storage);
  return { url, environment, tokens, breaker, http, queue };
}
