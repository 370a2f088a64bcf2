// One person's way to the service: a TCP proxy that can be cut, and that can swallow what comes back.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Link {
  readonly #server: Server;
  readonly #target: () => number;
  readonly #sockets = new Set<Socket>();
  #isDown = false;
  #isDeaf = false;

  private constructor(target: () => number) {
    this.#target = target;
    this.#server = createServer((near) => this.#accept(near));
  }

  /** `target` gives the port on which the service listens. */
  static async open(target: () => number): Promise<Link> {
    const link = new Link(target);
    link.#server.listen(0, "127.0.0.1");
    await once(link.#server, "listening");
    return link;
  }

  get base(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  /** Breaks what is open, without a word to either side; nothing gets through until `mend`. */
  cut(): void {
    this.#isDown = true;
    this.drop();
  }

  /** Breaks what is open; what comes after gets through. */
  drop(): void {
    this.#isDeaf = false;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mend(): void {
    this.#isDown = false;
  }

  /** From now on, what is sent arrives and what comes back does not, until the connections are dropped. */
  deafen(): void {
    this.#isDeaf = true;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(near: Socket): void {
    if (this.#isDown) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#target(), "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.on("end", () => other.end());
    }
    near.on("data", (bytes) => far.write(bytes));
    far.on("data", (bytes) => {
      if (!this.#isDeaf) near.write(bytes);
    });
  }
}
