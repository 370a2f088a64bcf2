import { type Backoff, fullJitter } from "./backoff.ts";
import type { Breaker } from "./breaker.ts";
import type { Clock, Environment } from "./environment.ts";
import { asFlagshipError, FlagshipError } from "./errors.ts";
import type {
  CreateSession,
  DevelopmentToken,
  MessagesPage,
  Problem,
  RoomId,
  Session,
  SessionBody,
  SessionId,
} from "./generated/protocol.ts";
import type { TokenSource } from "./tokens.ts";

/** How long an answer may take. Milliseconds. */
export const ANSWER_WITHIN_MS = 15_000;

const RETRY_BACKOFF: Backoff = { base: 400, cap: 4_000 };

/** Tries of one request, the first included. Each carries the same idempotency key. */
const TRIES = 3;

/** A request of the HTTP interface. */
export interface Request {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of a body: a table, CSV. */
  table?: string;
  /** What the answer is to be; JSON unless it says otherwise. */
  accept?: "text/csv";
  /** A status beside 2xx whose body is the answer asked for. */
  alsoGood?: number;
  /** Without it the request carries no token. */
  tokens?: TokenSource;
  /** The idempotency key; a new one, if absent. */
  key?: string;
  /** Tries, the first included; three, if absent. */
  tries?: number;
  /** How long an answer may take, in milliseconds; 15 seconds, if absent. */
  within?: number;
  /** Ends it. It rejects then, as if nobody had answered. */
  signal?: AbortSignal;
}

/**
 * The HTTP interface. Every call rejects with a {@link FlagshipError}; what may succeed later is tried up to three
 * times first, under one idempotency key.
 */
export class Http {
  readonly #url: string;
  readonly #environment: Environment;
  readonly #tokens: TokenSource;
  readonly #breaker: Breaker;

  /** `url`: where the service is, such as `https://example.com`, without a slash at the end. */
  constructor(url: string, environment: Environment, tokens: TokenSource, breaker: Breaker) {
    this.#url = url;
    this.#environment = environment;
    this.#tokens = tokens;
    this.#breaker = breaker;
  }

  /** Creates a session (title of 1 to 120 characters); the caller becomes its host. */
  async createSession(request: CreateSession): Promise<Session> {
    const path = "/api/sessions";
    const { session } = await this.#ask<SessionBody>({
      method: "POST",
      path,
      body: request,
      tokens: this.#tokens,
    });
    return session;
  }

  /**
   * A page of a room's messages, oldest first.
   *
   * @param before the `before` of the page after it; `null` for the newest messages
   * @param limit 1 to 100
   */
  messages(
    sessionId: SessionId,
    room: RoomId,
    before: number | null,
    limit: number,
  ): Promise<MessagesPage> {
    const query = new URLSearchParams({ room, limit: String(limit) });
    if (before !== null) query.set("before", String(before));
    const path = `${pathOf(sessionId)}/messages?${query}`;
    return this.#ask<MessagesPage>({ method: "GET", path, tokens: this.#tokens });
  }

  /** Any other request, in the name of the person; the answer is taken for what the caller says that it is. */
  request<T>(request: Omit<Request, "tokens">): Promise<T> {
    return this.#ask<T>({ ...request, tokens: this.#tokens });
  }

  /** A token for development. `not_found` where the service does not run for development. */
  developmentToken(alias: string): Promise<DevelopmentToken> {
    return this.#ask<DevelopmentToken>({ method: "POST", path: "/api/dev/token", body: { alias } });
  }

  async #ask<T>(request: Request): Promise<T> {
    const key = request.key ?? this.#environment.newId();
    const tries = request.tries ?? TRIES;
    let isTokenNew = false;
    for (let attempt = 0; ; attempt += 1) {
      // While nobody answers, the person learns that at once.
      this.#breaker.admit();
      try {
        return await this.#send<T>(request, key);
      } catch (thrown) {
        const error = asFlagshipError(thrown, "network");
        if (error.code === "unauthorized" && request.tokens && !isTokenNew) {
          isTokenNew = true;
          continue;
        }
        if (!error.retryable || attempt + 1 >= tries) throw error;
        const delay = fullJitter(RETRY_BACKOFF, attempt, this.#environment.random);
        await pause(this.#environment.clock, Math.max(delay, error.retryAfterMs ?? 0));
      }
    }
  }

  async #send<T>(request: Request, key: string): Promise<T> {
    const { method, body, table, tokens, accept } = request;
    const token = await tokens?.current();
    const headers: Record<string, string> = { Accept: accept ?? "application/json" };
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    if (method !== "GET") headers["Idempotency-Key"] = key;
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    } else if (table !== undefined) {
      headers["Content-Type"] = "text/csv";
      init.body = table;
    }
    const { status, text } = await this.#exchange(request, init);
    const isGood = status >= 200 && status < 300;
    if (status === 204) return undefined as T;
    const answer = isGood && accept ? text : parse(text);
    if (isGood && answer !== undefined) return answer as T;
    if (status === request.alsoGood && answer !== undefined && !isProblem(answer)) {
      return answer as T;
    }
    if (isProblem(answer)) {
      if (answer.code === "unauthorized" && token !== undefined) tokens?.refused(token);
      throw FlagshipError.from(answer);
    }
    // What stands between may answer in its own words: a proxy that cannot reach the service, say.
    const message = `The service gave an answer that cannot be read (HTTP ${status}).`;
    throw new FlagshipError("network", message, { status, retryable: status >= 500 });
  }

  async #exchange(
    { path, within, signal }: Request,
    init: RequestInit,
  ): Promise<{ status: number; text: string }> {
    const { clock, fetch } = this.#environment;
    const controller = new AbortController();
    const abort = () => controller.abort();
    const cancel = clock.after(within ?? ANSWER_WITHIN_MS, abort);
    signal?.addEventListener("abort", abort);
    try {
      const response = await fetch(this.#url + path, { ...init, signal: controller.signal });
      const answer = { status: response.status, text: await response.text() };
      // Below 500, it was the service that answered, or something that stands for it.
      if (answer.status < 500) this.#breaker.succeeded();
      else this.#breaker.failed();
      return answer;
    } catch (cause) {
      if (!signal?.aborted) this.#breaker.failed();
      const message = "The service cannot be reached. Check the network and try again.";
      throw new FlagshipError("network", message, { cause, retryable: true });
    } finally {
      cancel();
      signal?.removeEventListener("abort", abort);
    }
  }
}

/** Where a session is, under the service's address. */
export function pathOf(sessionId: SessionId): string {
  return `/api/sessions/${encodeURIComponent(sessionId)}`;
}

function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === "object" && answer !== null && "code" in answer && "message" in answer;
}
