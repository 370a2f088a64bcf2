import { memoryStorage } from "../../src/browser.ts";
import type { Environment, Socket } from "../../src/environment.ts";
import type { ClientFrame, ServerFrame } from "../../src/generated/protocol.ts";
import { FakeClock } from "../../src/testing/index.ts";

/** The server's end of a socket, played by the test. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: string[] = [];
  closedWith: string | undefined;
  /** Whether pings are answered. */
  answersPings = false;
  readonly url: string;
  readonly protocols: string[];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text: string): void {
    this.sent.push(text);
    if (text === "ping" && this.answersPings) this.onmessage?.({ data: "pong" });
  }

  close(_code: number, reason: string): void {
    this.closedWith = reason;
  }

  open(): void {
    this.onopen?.();
  }

  /** Delivers one message: a frame, or an array of frames. */
  deliver(frames: ServerFrame | ServerFrame[]): void {
    this.onmessage?.({ data: JSON.stringify(frames) });
  }

  /** The other end closes. */
  closes(code: number, reason = ""): void {
    this.onclose?.({ code, reason });
  }

  /** What was sent, without pings. */
  get frames(): ClientFrame[] {
    return this.sent.filter((text) => text !== "ping").map((text) => JSON.parse(text));
  }

  /** The commands that were sent. */
  get commands(): Extract<ClientFrame, { type: "command" }>[] {
    return this.frames.filter((frame) => frame.type === "command");
  }
}

/** Everything that a client takes from outside, under the test's control. */
export class World {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  readonly requests: { url: string; init: RequestInit }[] = [];
  readonly answers: (() => Response | Promise<Response>)[] = [];
  random = 0;
  wake = (): void => {};
  #ids = 0;

  readonly environment: Environment = {
    clock: this.clock,
    random: () => this.random,
    newId: () => `id-${++this.#ids}`,
    storage: memoryStorage(),
    fetch: async (url, init) => {
      this.requests.push({ url, init });
      const answer = this.answers.shift();
      if (!answer) throw new TypeError("nobody answers");
      return answer();
    },
    openSocket: (url, protocols) => {
      const socket = new FakeSocket(url, protocols);
      this.sockets.push(socket);
      return socket;
    },
    onWake: (callback) => {
      this.wake = callback;
      return () => {
        this.wake = () => {};
      };
    },
  };

  /** The newest socket. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
}
