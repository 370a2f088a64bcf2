// A client on a WebSocket that records everything and keeps a view across connections.

import { randomUUID } from "node:crypto";
import {
  type Ack,
  BEARER_SUBPROTOCOL_PREFIX,
  type ClientFrame,
  type Command,
  type ErrorBody,
  type Nack,
  type Notice,
  type ServerFrame,
  SUBPROTOCOL,
  type Welcome,
} from "../../../client/core/src/generated/protocol.ts";
import { Recorder } from "./recorder.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";
import { View } from "./view.ts";
import { DEADLINE_MS, until } from "./wait.ts";

/** How a socket ended. */
export interface Closed {
  code: number;
  reason: string;
}

/** With what a socket is opened. */
export interface Opening {
  token?: string;
  ticket?: string;
  /** In place of the ones that follow from the token. */
  protocols?: string[];
  headers?: Record<string, string>;
  /** Whether it confirms what it received when it is asked to; it does, if absent. */
  confirms?: boolean;
}

export type Settled = ({ type: "ack" } & Ack) | ({ type: "nack" } & Nack);

/** Node's own WebSocket, which can send headers; the type that browsers share does not say so. */
const Socket = WebSocket as unknown as new (
  url: URL,
  init: { protocols: string[]; headers: Record<string, string> },
) => WebSocket;

export class Client {
  readonly view: View;
  /** Every frame of this connection. */
  readonly frames = new Recorder<ServerFrame>("frame");
  /** Every text that is no JSON. */
  readonly texts = new Recorder<string>("text");
  /** Resolves when the socket is closed. */
  readonly closed: Promise<Closed>;
  isClosed = false;
  readonly #socket: WebSocket;
  readonly #open: () => Promise<Client>;
  readonly #confirms: boolean;
  /** Who waits for the answers to a command, the first sent first. */
  readonly #waiting = new Map<string, ((settled: Settled | Error) => void)[]>();

  private constructor(
    socket: WebSocket,
    view: View,
    open: () => Promise<Client>,
    confirms: boolean,
  ) {
    this.#socket = socket;
    this.#confirms = confirms;
    this.view = view;
    this.#open = open;
    socket.addEventListener("message", ({ data }) => this.#receive(String(data)));
    this.closed = new Promise((resolve) => {
      socket.addEventListener("close", ({ code, reason }) => {
        this.isClosed = true;
        for (const waiting of this.#waiting.values()) {
          for (const settle of waiting) settle(new Error(`closed: ${code} ${reason}`));
        }
        this.#waiting.clear();
        resolve({ code, reason });
      });
    });
  }

  /** Opens a socket and says nothing yet. */
  static async open(
    service: Running,
    session: string,
    { token, ticket, protocols, headers = {}, confirms = true }: Opening,
    view = new View(),
  ): Promise<Client> {
    const url = new URL(`/api/sessions/${session}/socket`, service.base);
    url.protocol = "ws:";
    if (ticket !== undefined) url.searchParams.set("ticket", ticket);
    const bearer = token === undefined ? [] : [`${BEARER_SUBPROTOCOL_PREFIX}${token}`];
    const socket = new Socket(url, { protocols: protocols ?? [SUBPROTOCOL, ...bearer], headers });
    const again = () => Client.open(service, session, { ...(token ? { token } : {}) }, view);
    const client = new Client(socket, view, again, confirms);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("the handshake failed")));
    });
    return client;
  }

  /** Opens a socket and takes part. */
  static async join(
    service: Running,
    session: string,
    who: Person,
    { confirms = true } = {},
  ): Promise<Client> {
    const client = await Client.open(service, session, { token: who.token, confirms });
    await client.hello();
    return client;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Says hello, with what is held already if there is anything. */
  async hello({ fresh = false } = {}): Promise<Welcome> {
    const from = this.frames.items.length;
    const resume = this.view.epoch === "" || fresh ? undefined : this.view.resume;
    this.send({ type: "hello", ...(resume ? { resume } : {}) });
    const answer = await this.frames.find(({ type }) => type === "welcome" || type === "nack", {
      from,
    });
    if (answer.type !== "welcome") throw new Error(`refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** A new connection that goes on where this one was, and its welcome. */
  async reconnect(): Promise<{ client: Client; welcome: Welcome }> {
    const client = await this.#open();
    return { client, welcome: await client.hello() };
  }

  /** How the socket was closed by the other end: within what an expired token is given, and some time more. */
  async ended(ms = 45_000): Promise<Closed> {
    await until("the socket is closed", () => this.isClosed, ms);
    return this.closed;
  }

  send(frames: ClientFrame | ClientFrame[]): void {
    this.sendRaw(JSON.stringify(frames));
  }

  sendRaw(data: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(data);
  }

  /** The answer to the next sending of a command with this id. */
  settled(id: string): Promise<Settled> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no answer to ${id} within ${DEADLINE_MS} ms`)),
        DEADLINE_MS,
      );
      const settle = (settled: Settled | Error) => {
        clearTimeout(timer);
        if (settled instanceof Error) reject(settled);
        else resolve(settled);
      };
      const waiting = this.#waiting.get(id);
      if (waiting) waiting.push(settle);
      else this.#waiting.set(id, [settle]);
    });
  }

  /** Sends a command, which must succeed. */
  async command(command: Command, id: string = randomUUID()): Promise<Ack> {
    const settled = this.settled(id);
    this.send({ type: "command", id, command });
    const answer = await settled;
    if (answer.type === "nack") throw new Error(`refused: ${JSON.stringify(answer.error)}`);
    return answer;
  }

  /** Sends a command, which must be refused. */
  async refused(command: Command, id: string = randomUUID()): Promise<ErrorBody> {
    const settled = this.settled(id);
    this.send({ type: "command", id, command });
    const answer = await settled;
    if (answer.type === "ack") throw new Error(`done: ${JSON.stringify(answer)}`);
    return answer.error;
  }

  say(roomId: string, content: string, id?: string): Promise<Ack> {
    return this.command({ type: "send_message", roomId, content }, id);
  }

  notice<Code extends Notice["code"]>(
    code: Code,
    ms?: number,
  ): Promise<Extract<Notice, { code: Code }>> {
    const is = (
      frame: ServerFrame,
    ): frame is { type: "notice" } & Extract<Notice, { code: Code }> =>
      frame.type === "notice" && frame.code === code;
    return this.frames.find(is, ms === undefined ? {} : { ms });
  }

  /** Resolves when the server has handled everything sent so far, without changing anything. */
  async settle(): Promise<void> {
    const id = randomUUID();
    const settled = this.settled(id);
    this.sendRaw(`{"type":"command","id":"${id}","command":{"type":"nothing"}}`);
    await settled;
  }

  /** Hangs up, and waits until the other end has agreed. */
  async close(code = 1000, reason = ""): Promise<Closed> {
    this.#socket.close(code, reason);
    return this.closed;
  }

  #receive(text: string): void {
    let parsed: ServerFrame | ServerFrame[];
    try {
      parsed = JSON.parse(text) as ServerFrame | ServerFrame[];
    } catch {
      this.texts.push(text);
      return;
    }
    for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
      this.view.apply(frame);
      this.frames.push(frame);
      if (this.#confirms && frame.type === "notice" && frame.code === "confirm") {
        this.send({ type: "cursor", received: {}, read: {}, mark: frame.mark });
      }
      if ((frame.type === "ack" || frame.type === "nack") && frame.id !== null) {
        this.#waiting.get(frame.id)?.shift()?.(frame);
      }
    }
  }
}
