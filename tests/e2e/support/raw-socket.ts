// A WebSocket by hand. It answers nothing by itself, as a client whose network has gone, and it
// shows what came to the last byte: Node's own calls a close unclean (1006) if the answer to it
// comes together with the end of the line.

import { randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import type { ClientFrame } from "../../../client/core/src/generated/protocol.ts";
import { beginHandshake } from "./handshake.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";

export class RawSocket {
  readonly #stream: Duplex;
  #received = "";
  /** Resolves when the other end has hung up. */
  readonly ended: Promise<void>;

  private constructor(stream: Duplex) {
    this.#stream = stream;
    this.ended = new Promise((resolve) => stream.on("close", () => resolve()));
    stream.on("data", (data: Buffer) => {
      this.#received += data.toString("latin1");
    });
    stream.on("error", () => undefined);
  }

  static open(service: Running, session: string, who: Person): Promise<RawSocket> {
    const handshake = beginHandshake(service, session, who);
    return new Promise((resolve, reject) => {
      handshake.on("upgrade", (_response, stream) => resolve(new RawSocket(stream)));
      handshake.on("error", reject);
      handshake.end();
    });
  }

  /** Everything that came, framing included. */
  get received(): string {
    return this.#received;
  }

  /** Reads no more, as a client that is stuck: what is sent to it piles up on the way. */
  stall(): void {
    this.#stream.pause();
  }

  /** Reads on. */
  readOn(): void {
    this.#stream.resume();
  }

  send(frames: ClientFrame | ClientFrame[]): void {
    this.sendText(JSON.stringify(frames));
  }

  sendText(text: string): void {
    this.#write(0x81, Buffer.from(text));
  }

  /** Sends a text so many times, all of it at once. */
  sendRepeatedly(text: string, times: number): void {
    this.#stream.write(Buffer.concat(Array(times).fill(framed(0x81, Buffer.from(text)))));
  }

  /** Begins a close; without a code, as browsers do when a page goes away. */
  close(code?: number): void {
    const payload = Buffer.alloc(code === undefined ? 0 : 2);
    if (code !== undefined) payload.writeUInt16BE(code);
    this.#write(0x88, payload);
  }

  /** The code and reason of the close frame that came last. */
  get closing(): { code: number; reason: string } | undefined {
    const [, code = "", reason = ""] = /\x88[\s\S]([\s\S]{2})([a-z_]*)$/.exec(this.#received) ?? [];
    if (code === "") return undefined;
    return { code: Buffer.from(code, "latin1").readUInt16BE(), reason };
  }

  /** Cuts the line. */
  cut(): void {
    this.#stream.destroy();
  }

  #write(head: number, payload: Buffer): void {
    this.#stream.write(framed(head, payload));
  }
}

function framed(head: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([head]), lengthOf(payload), mask, masked]);
}

/** The length of a masked payload, as RFC 6455, section 5.2, writes it. */
function lengthOf({ length }: Buffer): Buffer {
  if (length <= 125) return Buffer.from([0x80 | length]);
  const bytes = length <= 0xffff ? 2 : 8;
  const written = Buffer.alloc(1 + bytes);
  written[0] = 0x80 | (bytes === 2 ? 126 : 127);
  written.writeUIntBE(length, 1 + bytes - Math.min(bytes, 6), Math.min(bytes, 6));
  return written;
}
