import { closeMeaning } from "./close.ts";
import type { Environment, Socket } from "./environment.ts";
import { FlagshipError } from "./errors.ts";
import {
  type AfterClose,
  BEARER_SUBPROTOCOL_PREFIX,
  type ClientFrame,
  type Resume,
  type ServerFrame,
  SUBPROTOCOL,
} from "./generated/protocol.ts";
import { Heartbeat, PING, PONG } from "./heartbeat.ts";
import { parseFrames } from "./parse-frames.ts";
import { Renewal } from "./renewal.ts";
import type { TokenSource } from "./tokens.ts";

/** Time for the handshake and the welcome. Milliseconds. */
export const WELCOME_WITHIN_MS = 15_000;

/** How a link came to its end. */
export interface LinkEnd {
  after: AfterClose;
  error: FlagshipError;
  /** How long it was open, in milliseconds; undefined if no welcome ever came. */
  lasted: number | undefined;
}

/** What a link asks of, and tells, the one who holds it. */
export interface LinkOwner {
  /** What is held already, for the `hello`. */
  resume(): Resume | undefined;
  /** The frames of one WebSocket message. */
  frames(frames: ServerFrame[]): void;
  /** The answer to a ping took so long. Milliseconds. */
  roundTrip(milliseconds: number): void;
  /** The other end closed, or is dead. Not called after `drop`. */
  ended(end: LinkEnd): void;
}

/** One WebSocket, from its handshake to its end. */
export class SocketLink {
  /** The token in use. */
  token: string;
  readonly #environment: Environment;
  readonly #tokens: TokenSource;
  readonly #owner: LinkOwner;
  readonly #heartbeat: Heartbeat;
  readonly #renewal: Renewal;
  readonly #socket: Socket;
  #cancelWelcome: () => void;
  #openSince: number | undefined;
  /** What the server said right before it closed: more exact than the close code. */
  #refusal: FlagshipError | undefined;

  /** Begins to open a socket. Throws what the environment throws where there can be none. */
  constructor(
    url: string,
    token: string,
    environment: Environment,
    tokens: TokenSource,
    owner: LinkOwner,
  ) {
    this.token = token;
    this.#environment = environment;
    this.#tokens = tokens;
    this.#owner = owner;
    const { clock } = environment;
    this.#socket = environment.openSocket(url, [SUBPROTOCOL, BEARER_SUBPROTOCOL_PREFIX + token]);
    this.#heartbeat = new Heartbeat(
      clock,
      () => this.#socket.send(PING),
      () => this.#fail("no answer to a ping"),
    );
    this.#renewal = new Renewal(tokens, clock, (renewed) => {
      this.token = renewed;
      this.send({ type: "auth", token: renewed });
    });
    this.#cancelWelcome = clock.after(WELCOME_WITHIN_MS, () => this.#fail("no welcome"));
    this.#socket.onopen = () => this.#hello();
    this.#socket.onmessage = ({ data }) => this.#onMessage(data);
    this.#socket.onclose = ({ code }) => this.#onClose(code);
  }

  /** Whether the welcome has come. */
  get isOpen(): boolean {
    return this.#openSince !== undefined;
  }

  /** Sends a frame, if the link is open. Whether it was sent; not whether it arrives. */
  send(frame: ClientFrame): boolean {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Pings now and gives the other end so many milliseconds. */
  check(within: number): void {
    if (this.isOpen) this.#heartbeat.check(within);
  }

  /** Lets go of the socket without waiting for its close. How long it was open, as in {@link LinkEnd}. */
  drop(reason: string): number | undefined {
    this.#cancelWelcome();
    this.#heartbeat.stop();
    this.#renewal.stop();
    const socket = this.#socket;
    if (socket.onclose) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(1000, reason);
    }
    const since = this.#openSince;
    return since === undefined ? undefined : this.#environment.clock.now() - since;
  }

  #hello(): void {
    const resume = this.#owner.resume();
    const hello: ClientFrame = resume ? { type: "hello", resume } : { type: "hello" };
    this.#socket.send(JSON.stringify(hello));
  }

  #onMessage(data: unknown): void {
    if (data === PONG) {
      const roundTrip = this.#heartbeat.answered();
      if (roundTrip !== undefined) this.#owner.roundTrip(roundTrip);
    }
    if (this.isOpen) this.#heartbeat.heard();
    if (data === PONG) return;
    const frames = parseFrames(data);
    if (!frames) {
      this.#fail("not a frame");
      return;
    }
    for (const frame of frames) this.#control(frame);
    this.#owner.frames(frames);
  }

  /** The frames that are about the connection itself. */
  #control(frame: ServerFrame): void {
    this.#refusal = undefined;
    if (frame.type === "welcome") {
      this.#cancelWelcome();
      this.#openSince = this.#environment.clock.now();
      this.#heartbeat.heard();
      this.#tokens.serverTimeIs(frame.serverTime);
      this.#renewal.start(this.token);
    } else if (frame.type === "nack" && frame.id === null) {
      this.#refusal = FlagshipError.from(frame.error);
    } else if (frame.type === "notice" && frame.code === "authenticated") {
      this.#renewal.expiresAt(frame.expiresAt);
    } else if (frame.type === "notice" && frame.code === "confirm") {
      this.send({ type: "cursor", received: {}, read: {}, mark: frame.mark });
    } else if (frame.type === "notice" && frame.code === "token_expired") {
      void this.#renewal.now();
    }
  }

  #onClose(code: number): void {
    const { after, error } = closeMeaning(code, this.#refusal);
    this.#owner.ended({ after, error, lasted: this.drop("closed") });
  }

  #fail(reason: string): void {
    const { after, error } = closeMeaning(1006, undefined);
    this.#owner.ended({ after, error, lasted: this.drop(reason) });
  }
}
