import { type Backoff, fullJitter } from "./backoff.ts";
import { closeMeaning } from "./close.ts";
import type { Environment, Socket } from "./environment.ts";
import { asFlagshipError, FlagshipError } from "./errors.ts";
import {
  BEARER_SUBPROTOCOL_PREFIX,
  type ClientFrame,
  type Resume,
  type ServerFrame,
  SUBPROTOCOL,
} from "./generated/protocol.ts";
import { Heartbeat, PING, PONG, PONG_AFTER_WAKE_MS } from "./heartbeat.ts";
import { parseFrames } from "./parse-frames.ts";
import { Renewal } from "./renewal.ts";
import type { TokenSource } from "./tokens.ts";

/** Where a connection is in its life. Times are in milliseconds since the epoch. */
export type ConnectionStatus =
  /** Never started, or stopped by this side. */
  | { phase: "idle" }
  /** Getting a token, opening the socket, waiting for the welcome. `attempt` counts from 0. */
  | { phase: "connecting"; attempt: number }
  /** Welcomed. */
  | { phase: "open"; since: number }
  /** Waiting for the next try. */
  | { phase: "backoff"; attempt: number; retryAt: number }
  /** Over, because trying again would not help; `error` says why. `connect()` starts anew. */
  | { phase: "stopped"; error: FlagshipError };

/** Delays between tries: quick at first, because most losses are a moment of bad network or a deploy. */
export const RECONNECT_BACKOFF: Backoff = { base: 500, cap: 20_000 };

/** A connection that lasted this long counts as good: the next loss starts with short delays. Milliseconds. */
const STABLE_AFTER_MS = 10_000;

/** Time for the handshake and the welcome. Milliseconds. */
export const WELCOME_WITHIN_MS = 15_000;

/** Fresh tokens that may be refused in a row before it is no use. */
const REFUSALS = 3;

/** What a connection asks of, and tells, the one who holds it. */
export interface ConnectionOwner {
  /** What is held already, for the `hello`. */
  resume(): Resume | undefined;
  /** The frames of one WebSocket message, in order; the first of a connection is its welcome. */
  frames(frames: ServerFrame[]): void;
  status(status: ConnectionStatus): void;
}

/** One WebSocket at a time, replaced for as long as that makes sense. */
export class Connection {
  readonly #url: string;
  readonly #environment: Environment;
  readonly #tokens: TokenSource;
  readonly #owner: ConnectionOwner;
  readonly #heartbeat: Heartbeat;
  readonly #renewal: Renewal;
  #status: ConnectionStatus = { phase: "idle" };
  #socket: Socket | undefined;
  #token = "";
  #attempt = 0;
  #refusals = 0;
  /** What the server said right before it closed: more exact than the close code. */
  #refusal: FlagshipError | undefined;
  /** Raised by every change of phase, so that what was begun before it has no effect after. */
  #generation = 0;
  #cancelTimer: (() => void) | undefined;
  #cancelWake: (() => void) | undefined;

  /** `url`: the socket's address, `ws:` or `wss:`. */
  constructor(url: string, environment: Environment, tokens: TokenSource, owner: ConnectionOwner) {
    this.#url = url;
    this.#environment = environment;
    this.#tokens = tokens;
    this.#owner = owner;
    this.#heartbeat = new Heartbeat(
      environment.clock,
      () => this.#socket?.send(PING),
      () => this.recycle("no answer to a ping"),
    );
    this.#renewal = new Renewal(tokens, environment.clock, (token) => {
      this.#token = token;
      this.send({ type: "auth", token });
    });
  }

  /** Connects and stays connected. Does nothing if it is at it already. */
  start(): void {
    if (this.#status.phase !== "idle" && this.#status.phase !== "stopped") return;
    this.#attempt = 0;
    this.#refusals = 0;
    this.#cancelWake = this.#environment.onWake(() => this.#wake());
    void this.#connect();
  }

  /** Closes for good. */
  stop(): void {
    if (this.#status.phase === "idle") return;
    this.#end();
    this.#become({ phase: "idle" });
  }

  /** Sends a frame, if the connection is open. Whether it was sent; not whether it arrives. */
  send(frame: ClientFrame): boolean {
    if (this.#status.phase !== "open" || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives up the socket in use and connects again: it is dead, or it left something out. */
  recycle(reason: string): void {
    if (this.#socket) this.#retry(this.#drop(reason));
  }

  async #connect(): Promise<void> {
    this.#become({ phase: "connecting", attempt: this.#attempt });
    const generation = this.#generation;
    this.#refusal = undefined;
    try {
      const token = await this.#tokens.current();
      if (generation !== this.#generation) return;
      this.#token = token;
      this.#open(token);
    } catch (thrown) {
      if (generation !== this.#generation) return;
      const error = asFlagshipError(thrown, "token");
      if (error.retryable) this.#retry(0, error.retryAfterMs ?? 0);
      else this.#giveUp(error);
    }
  }

  #open(token: string): void {
    const protocols = [SUBPROTOCOL, BEARER_SUBPROTOCOL_PREFIX + token];
    let socket: Socket;
    try {
      socket = this.#environment.openSocket(this.#url, protocols);
    } catch (cause) {
      throw new FlagshipError("token", "This token has characters that no token has.", { cause });
    }
    this.#socket = socket;
    this.#cancelTimer = this.#environment.clock.after(WELCOME_WITHIN_MS, () =>
      this.recycle("no welcome"),
    );
    socket.onopen = () => {
      const resume = this.#owner.resume();
      const hello: ClientFrame = resume ? { type: "hello", resume } : { type: "hello" };
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = ({ data }) => this.#onMessage(socket, data);
    socket.onclose = ({ code }) => this.#onClose(code);
  }

  #onMessage(socket: Socket, data: unknown): void {
    if (this.#status.phase === "open") this.#heartbeat.heard();
    if (data === PONG) return;
    const frames = parseFrames(data);
    if (!frames) {
      this.recycle("not a frame");
      return;
    }
    for (const frame of frames)
      if (frame.type === "welcome") this.#tokens.serverTimeIs(frame.serverTime);
    this.#owner.frames(frames);
    for (const frame of frames) {
      // The owner may have found a gap, and with it the end of this socket.
      if (socket !== this.#socket) return;
      this.#control(frame);
    }
  }

  /** The frames that are about the connection itself. */
  #control(frame: ServerFrame): void {
    this.#refusal = undefined;
    if (frame.type === "welcome") {
      this.#cancelTimer?.();
      this.#refusals = 0;
      this.#become({ phase: "open", since: this.#environment.clock.now() });
      this.#heartbeat.heard();
      this.#renewal.start(this.#token);
    } else if (frame.type === "nack" && frame.id === null) {
      this.#refusal = FlagshipError.from(frame.error);
    } else if (frame.type === "notice" && frame.code === "authenticated") {
      this.#renewal.expiresAt(frame.expiresAt);
    } else if (frame.type === "notice" && frame.code === "token_expired") {
      void this.#renewal.now();
    }
  }

  #onClose(code: number): void {
    const { after, error } = closeMeaning(code, this.#refusal);
    const lasted = this.#drop("closed");
    if (after === "stop") {
      this.#giveUp(error);
    } else if (after === "refresh_token") {
      this.#tokens.refused(this.#token);
      this.#refusals += 1;
      if (this.#refusals >= REFUSALS) this.#giveUp(error);
      else if (this.#refusals === 1) void this.#connect();
      else this.#retry(lasted);
    } else {
      this.#retry(lasted, this.#refusal?.retryAfterMs ?? 0);
    }
  }

  /** Waits, then connects. `lasted`: how long the connection was open; `least`: the shortest delay. Milliseconds. */
  #retry(lasted: number, least = 0): void {
    const { clock, random } = this.#environment;
    if (lasted >= STABLE_AFTER_MS) this.#attempt = 0;
    const delay = Math.max(least, fullJitter(RECONNECT_BACKOFF, this.#attempt, random));
    this.#attempt += 1;
    this.#become({ phase: "backoff", attempt: this.#attempt, retryAt: clock.now() + delay });
    this.#cancelTimer = clock.after(delay, () => void this.#connect());
  }

  #wake(): void {
    if (this.#status.phase === "open") this.#heartbeat.check(PONG_AFTER_WAKE_MS);
    if (this.#status.phase !== "backoff") return;
    this.#cancelTimer?.();
    this.#attempt = 0;
    void this.#connect();
  }

  #giveUp(error: FlagshipError): void {
    this.#end();
    this.#become({ phase: "stopped", error });
  }

  #end(): void {
    this.#drop("stopped");
    this.#cancelWake?.();
    this.#cancelWake = undefined;
  }

  /** Lets go of the socket without waiting for its close. How long it was open, in milliseconds. */
  #drop(reason: string): number {
    this.#cancelTimer?.();
    this.#heartbeat.stop();
    this.#renewal.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(1000, reason);
    }
    return this.#status.phase === "open" ? this.#environment.clock.now() - this.#status.since : 0;
  }

  #become(status: ConnectionStatus): void {
    this.#generation += 1;
    this.#status = status;
    this.#owner.status(status);
  }
}
