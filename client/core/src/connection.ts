import { type Backoff, fullJitter } from "./backoff.ts";
import type { Breaker } from "./breaker.ts";
import type { Environment } from "./environment.ts";
import { asFlagshipError, FlagshipError } from "./errors.ts";
import type { ClientFrame, Resume, ServerFrame, SessionId } from "./generated/protocol.ts";
import { PONG_AFTER_WAKE_MS } from "./heartbeat.ts";
import { type Http, pathOf } from "./http.ts";
import { Polling } from "./polling.ts";
import { type LinkEnd, SocketLink } from "./socket-link.ts";
import type { TokenSource } from "./tokens.ts";

/** Where a connection is in its life. Times are in milliseconds since the epoch. */
export type ConnectionStatus =
  /** Never started, or stopped by this side. */
  | { phase: "idle" }
  /** Getting a token, opening the socket, waiting for the welcome. `attempt` counts from 0. */
  | { phase: "connecting"; attempt: number }
  /** Welcomed. */
  | { phase: "open"; since: number }
  /** Everything works, over HTTP; `reason` says why. A socket is tried again from time to time. */
  | { phase: "fallback"; since: number; reason: FallbackReason }
  /** Waiting for the next try. */
  | { phase: "backoff"; attempt: number; retryAt: number }
  /** Over, because trying again would not help; `error` says why. `connect()` starts anew. */
  | { phase: "stopped"; error: FlagshipError };

/** Why HTTP is used: sockets do not get through, or this runtime has none, as Node.js before version 22. */
export type FallbackReason = "blocked" | "no_sockets";

/** Delays between tries: quick at first, because most losses are a moment of bad network or a deploy. */
export const RECONNECT_BACKOFF: Backoff = { base: 500, cap: 20_000 };

/** Delays between tries of a socket while HTTP works. */
export const PROBE_BACKOFF: Backoff = { base: 4_000, cap: 300_000 };

/** A connection that lasted this long counts as good: the next loss starts with short delays. Milliseconds. */
const STABLE_AFTER_MS = 10_000;

/** Sockets that fail in a row before HTTP is tried: a socket without a welcome, or one that did not last. */
export const FAILURES_TO_FALLBACK = 3;

/** Without a welcome for so long, HTTP is tried beside the socket: some networks swallow sockets. Milliseconds. */
export const FALLBACK_BESIDE_MS = 6_000;

/** Fresh tokens that may be refused in a row before it is no use. */
const REFUSALS = 3;

/** What a subprotocol can carry (RFC 9110, section 5.6.2). */
const SOCKET_TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What a connection asks of, and tells, the one who holds it. */
export interface ConnectionOwner {
  /** What is held already, for the `hello`. */
  resume(): Resume | undefined;
  /** Frames that came together, in order. The first of a socket is its welcome. */
  frames(frames: ServerFrame[]): void;
  /** A poll was answered: everything up to this position of the journal has been told. */
  told(rev: number): void;
  status(status: ConnectionStatus): void;
  /** The answer to a ping took so long. Milliseconds. */
  roundTrip(milliseconds: number): void;
}

/** What a connection is made of. */
export interface ConnectionParts {
  /** Where the service is, without a slash at the end. */
  url: string;
  environment: Environment;
  tokens: TokenSource;
  http: Http;
  breaker: Breaker;
}

/** Follows a session by one WebSocket at a time or, where those do not get through, over HTTP; for as long as that makes sense. */
export class Connection {
  readonly #session: SessionId;
  readonly #address: string;
  readonly #environment: Environment;
  readonly #tokens: TokenSource;
  readonly #http: Http;
  readonly #breaker: Breaker;
  readonly #owner: ConnectionOwner;
  #status: ConnectionStatus = { phase: "idle" };
  /** The socket in use, or on trial. */
  #link: SocketLink | undefined;
  #polling: Polling | undefined;
  /** Whether sockets are believed not to get through, while HTTP does. */
  #isBlocked = false;
  /** Whether sockets can be opened here at all. */
  #hasSockets = true;
  /** Sockets that failed in a row. */
  #failures = 0;
  #attempt = 0;
  #probes = 0;
  #refusals = 0;
  /** Raised by every change of phase, so that what was begun before it has no effect after. */
  #generation = 0;
  #cancelTimer: (() => void) | undefined;
  #cancelProbe: (() => void) | undefined;
  #cancelWake: (() => void) | undefined;

  constructor(session: SessionId, parts: ConnectionParts, owner: ConnectionOwner) {
    this.#session = session;
    this.#address = `${parts.url.replace(/^http/, "ws")}${pathOf(session)}/socket`;
    this.#environment = parts.environment;
    this.#tokens = parts.tokens;
    this.#http = parts.http;
    this.#breaker = parts.breaker;
    this.#owner = owner;
  }

  get phase(): ConnectionStatus["phase"] {
    return this.#status.phase;
  }

  /** Connects and stays connected. Does nothing if it is at it already. */
  start(): void {
    if (this.phase !== "idle" && this.phase !== "stopped") return;
    this.#attempt = 0;
    this.#refusals = 0;
    this.#failures = 0;
    this.#probes = 0;
    this.#isBlocked = false;
    this.#cancelWake = this.#environment.onWake(() => this.#wake());
    void this.#connect();
  }

  /** Closes for good. */
  stop(): void {
    if (this.phase === "idle") return;
    this.#end();
    this.#become({ phase: "idle" });
  }

  /** Closes for good, because there is no use in going on. */
  giveUp(error: FlagshipError): void {
    this.#end();
    this.#become({ phase: "stopped", error });
  }

  /** Sends a frame, if a socket is open. Whether it was sent; not whether it arrives. */
  send(frame: ClientFrame): boolean {
    return this.phase === "open" && this.#link?.send(frame) === true;
  }

  /** Measures the way to the server and back, if a socket is open: `roundTrip` is told. */
  measure(): void {
    if (this.phase === "open") this.#link?.check(PONG_AFTER_WAKE_MS);
  }

  /** Asks for news without a pause, where polls bring them. */
  hurry(): void {
    this.#polling?.hurry();
  }

  /** Gives up what is in use and connects again: it is dead, or it left something out. */
  recycle(reason: string): void {
    if (this.phase === "open") {
      this.#failed(this.#dropLink(reason));
      this.#retry();
    } else if (this.phase === "fallback") {
      this.#poll();
    }
  }

  async #connect(): Promise<void> {
    this.#become({ phase: "connecting", attempt: this.#attempt });
    const generation = this.#generation;
    if (this.#isBlocked) {
      this.#poll();
      return;
    }
    try {
      const token = await this.#tokens.current();
      if (generation !== this.#generation) return;
      if (this.#open(token))
        this.#cancelTimer = this.#after(FALLBACK_BESIDE_MS, () => this.#fallBack());
      else this.#fallBack();
    } catch (thrown) {
      if (generation !== this.#generation) return;
      this.#onTokenError(thrown);
    }
  }

  /** Begins to open a socket. False: there are none here. */
  #open(token: string): boolean {
    if (!SOCKET_TOKEN.test(token)) {
      throw new FlagshipError("token", "This token has characters that no token has.");
    }
    this.#dropLink("replaced");
    try {
      const link: SocketLink = new SocketLink(
        this.#address,
        token,
        this.#environment,
        this.#tokens,
        {
          resume: () => this.#owner.resume(),
          frames: (frames) => this.#onFrames(link, frames),
          roundTrip: (milliseconds) => this.#owner.roundTrip(milliseconds),
          ended: (end) => this.#onEnded(link, end),
        },
      );
      this.#link = link;
      this.#hasSockets = true;
      return true;
    } catch {
      this.#hasSockets = false;
      return false;
    }
  }

  #onFrames(link: SocketLink, frames: ServerFrame[]): void {
    if (link !== this.#link) return;
    // From here on the socket tells everything, and what is still under way by HTTP is not taken.
    if (link.isOpen) this.#stopPolling();
    this.#owner.frames(frames);
    // The owner may have found a gap, and with it the end of this socket.
    if (link !== this.#link || !link.isOpen || this.phase === "open") return;
    this.#cancelTimer?.();
    this.#isBlocked = false;
    this.#refusals = 0;
    this.#breaker.succeeded();
    this.#become({ phase: "open", since: this.#environment.clock.now() });
  }

  #onEnded(link: SocketLink, { after, error, lasted }: LinkEnd): void {
    if (link !== this.#link) return;
    this.#link = undefined;
    this.#failed(lasted);
    const isProbe = this.#polling !== undefined || this.phase === "backoff";
    if (after === "refresh_token") {
      this.#tokens.refused(link.token);
      this.#refusals += 1;
      if (this.#refusals >= REFUSALS) this.giveUp(error);
      else if (isProbe) this.#probeLater();
      else if (this.#refusals === 1) void this.#connect();
      else this.#retry();
    } else if (after === "stop" && !(isProbe && error.code === "too_many_connections")) {
      this.giveUp(error);
    } else if (isProbe) {
      this.#probeLater();
    } else {
      if (this.#failures >= FAILURES_TO_FALLBACK) {
        this.#fallBack();
      } else {
        if (lasted === undefined) this.#breaker.failed();
        this.#retry(error.retryAfterMs ?? 0);
      }
    }
  }

  /** Counts a socket that is gone. `lasted`: as in {@link LinkEnd}. */
  #failed(lasted: number | undefined): void {
    const wasGood = lasted !== undefined && lasted >= STABLE_AFTER_MS;
    this.#failures = wasGood ? 0 : this.#failures + 1;
    if (!wasGood) return;
    this.#attempt = 0;
    this.#probes = 0;
  }

  /** Tries HTTP. A socket that is being opened meanwhile may still win. */
  #fallBack(): void {
    this.#isBlocked = true;
    this.#cancelTimer?.();
    if (this.phase === "open") this.#become({ phase: "connecting", attempt: this.#attempt });
    this.#poll();
  }

  #poll(): void {
    this.#stopPolling();
    // It is this connection that finds out whether the service is there.
    this.#breaker.trial();
    const polling: Polling = new Polling(this.#session, this.#http, this.#environment.clock, {
      resume: () => this.#owner.resume(),
      page: (frames, rev) => polling === this.#polling && this.#onPage(polling, frames, rev),
      failed: (error) => polling === this.#polling && this.#onPollingFailed(polling, error),
    });
    this.#polling = polling;
  }

  #onPage(polling: Polling, frames: ServerFrame[], rev: number): void {
    this.#refusals = 0;
    for (const frame of frames)
      if (frame.type === "welcome") this.#tokens.serverTimeIs(frame.serverTime);
    this.#owner.frames(frames);
    // The owner may have found a gap, and with it the end of this polling.
    if (polling !== this.#polling) return;
    if (this.phase !== "fallback") {
      this.#attempt = 0;
      const reason = this.#hasSockets ? "blocked" : "no_sockets";
      this.#become({ phase: "fallback", since: this.#environment.clock.now(), reason });
      if (!this.#link) this.#probeLater();
    }
    this.#owner.told(rev);
  }

  #onPollingFailed(polling: Polling, error: FlagshipError): void {
    this.#polling = undefined;
    // HTTP did not get through either: the network is down, and sockets may be as good as ever.
    if (!polling.isAnswered) this.#isBlocked = false;
    // The socket beside it still may.
    if (this.#link && this.phase === "connecting" && error.retryable) return;
    const isRefused = error.code === "unauthorized";
    if (isRefused) this.#refusals += 1;
    const isOver = isRefused ? this.#refusals >= REFUSALS : !error.retryable;
    if (isOver && error.field !== "cursor") this.giveUp(error);
    else this.#retry(error.retryAfterMs ?? 0);
  }

  /** While HTTP works: tries a socket later, and takes it once it is welcomed. */
  #probeLater(): void {
    const { random } = this.#environment;
    const delay = fullJitter(PROBE_BACKOFF, this.#probes, random);
    this.#probes += 1;
    this.#cancelProbe?.();
    this.#cancelProbe = this.#after(delay, () => void this.#probe());
  }

  async #probe(): Promise<void> {
    this.#cancelProbe?.();
    if (this.#link || this.phase !== "fallback") return;
    try {
      const token = await this.#tokens.current();
      if (this.#link || this.phase !== "fallback") return;
      if (!this.#open(token)) this.#probeLater();
    } catch {
      // Without a token HTTP fails as well, and says so.
      if (this.phase === "fallback") this.#probeLater();
    }
  }

  #onTokenError(thrown: unknown): void {
    const error = asFlagshipError(thrown, "token");
    if (error.retryable) this.#retry(error.retryAfterMs ?? 0);
    else this.giveUp(error);
  }

  /** Waits, then connects. `least`: the shortest delay, in milliseconds. */
  #retry(least = 0): void {
    const { clock, random } = this.#environment;
    const delay = Math.max(least, fullJitter(RECONNECT_BACKOFF, this.#attempt, random));
    this.#attempt += 1;
    this.#cancelTimer?.();
    this.#cancelProbe?.();
    this.#become({ phase: "backoff", attempt: this.#attempt, retryAt: clock.now() + delay });
    this.#cancelTimer = this.#after(delay, () => void this.#connect());
  }

  #wake(): void {
    if (this.phase === "open") {
      this.#link?.check(PONG_AFTER_WAKE_MS);
    } else if (this.phase === "fallback") {
      this.#probes = 0;
      // After a sleep nobody answers the question that was asked before it.
      if (this.#polling?.isOverdue) this.#poll();
      void this.#probe();
    } else if (this.phase === "backoff") {
      this.#cancelTimer?.();
      this.#attempt = 0;
      void this.#connect();
    }
  }

  #end(): void {
    this.#stopPolling();
    this.#cancelTimer?.();
    this.#cancelProbe?.();
    this.#dropLink("stopped");
    this.#cancelWake?.();
    this.#cancelWake = undefined;
  }

  #stopPolling(): void {
    this.#polling?.stop();
    this.#polling = undefined;
  }

  #dropLink(reason: string): number | undefined {
    const link = this.#link;
    this.#link = undefined;
    return link?.drop(reason);
  }

  #after(milliseconds: number, callback: () => void): () => void {
    return this.#environment.clock.after(milliseconds, callback);
  }

  #become(status: ConnectionStatus): void {
    this.#generation += 1;
    this.#status = status;
    this.#owner.status(status);
  }
}
