// A WebSocket that sends as fast as the line takes it, and answers nothing by itself.

import type { Socket } from "node:net";
import { beginHandshake } from "../../tests/e2e/support/handshake.ts";
import type { Running } from "../../tests/e2e/support/service.ts";
import type { Person } from "../../tests/e2e/support/tokens.ts";

/** Without progress for so long, a socket that does not read is taken to be stuck. Milliseconds. */
const STUCK_MS = 500;

export class HostileSocket {
  isEnded = false;
  sent = 0;
  readonly #stream: Socket;
  #progress = { written: 0, at: performance.now() };

  private constructor(stream: Socket) {
    this.#stream = stream;
    stream.on("close", () => {
      this.isEnded = true;
    });
    stream.on("error", () => undefined);
    stream.on("data", (data: Buffer) => {
      // A close frame: the server has hung up, and waits for an answer that does not come.
      if (data.length >= 4 && data.includes(Buffer.from([0x88]))) {
        const at = data.lastIndexOf(0x88);
        if (at + 2 + (data[at + 1] ?? 0) === data.length) this.isEnded = true;
      }
    });
  }

  static open(service: Running, session: string, who: Person): Promise<HostileSocket> {
    const handshake = beginHandshake(service, session, who);
    return new Promise((resolve, reject) => {
      handshake.on("upgrade", (_response, stream) => resolve(new HostileSocket(stream as Socket)));
      handshake.on("response", () => reject(new Error("refused")));
      handshake.on("error", reject);
      handshake.end();
    });
  }

  /** Bytes that the line has not taken yet. */
  get buffered(): number {
    return this.#stream.writableLength;
  }

  /** Whether the line has taken nothing for a while. */
  get isStuck(): boolean {
    const { bytesWritten } = this.#stream;
    const now = performance.now();
    if (bytesWritten !== this.#progress.written)
      this.#progress = { written: bytesWritten, at: now };
    return now - this.#progress.at > STUCK_MS;
  }

  stall(): void {
    this.#stream.pause();
  }

  cut(): void {
    this.#stream.destroy();
  }

  send(message: string | Uint8Array): void {
    const isText = typeof message === "string";
    const payload = Buffer.from(message as string);
    const { length } = payload;
    const head = Buffer.alloc(length <= 125 ? 2 : length <= 0xffff ? 4 : 10);
    head[0] = isText ? 0x81 : 0x82;
    head[1] = 0x80 | (length <= 125 ? length : length <= 0xffff ? 126 : 127);
    if (head.length === 4) head.writeUInt16BE(length, 2);
    if (head.length === 10) head.writeUIntBE(length, 4, 6);
    // Masked with zeroes, it is as it was.
    this.#stream.write(Buffer.concat([head, Buffer.alloc(4), payload]));
    this.sent += 1;
  }
}
