// The line between a page and the service, to be cut and mended: on the level of connections, where no page and no
// browser can tell it from the real thing.

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { after } from "node:test";
import type { Server } from "./server.ts";

/** How a WebSocket asks for itself; it always comes first on a connection of its own. */
const ASKS_FOR_SOCKET = /^GET [^\r\n]*\/socket[? ]/;

/** Passes on what goes to the service and comes from it, as long as it is let through. */
export class Cable {
  /** Where the service is for those at this end. */
  readonly url: string;
  readonly #open = new Set<Socket>();
  #isCut = false;
  #isClosedToSockets = false;
  /** Connections that asked for a WebSocket and were let through. */
  sockets = 0;

  readonly #to: number;

  /** `port`: of this end; `to`: of the service. */
  constructor(port: number, to: number) {
    this.url = `http://localhost:${port}`;
    this.#to = to;
  }

  /** Nothing comes through any more, and what is open ends. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** WebSockets do not get through, as with many a proxy; everything else does. */
  refuseSockets(): void {
    this.#isClosedToSockets = true;
  }

  admitSockets(): void {
    this.#isClosedToSockets = false;
  }

  /** Somebody connects at this end. */
  take(near: Socket): void {
    near.on("error", () => near.destroy());
    if (this.#isCut) {
      near.destroy();
      return;
    }
    near.once("data", (first) => {
      const isSocket = ASKS_FOR_SOCKET.test(first.toString("latin1"));
      if (isSocket && this.#isClosedToSockets) {
        near.destroy();
        return;
      }
      if (isSocket) this.sockets += 1;
      const far = connect(this.#to, "localhost");
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#open.add(one);
        one.on("error", () => one.destroy());
        one.on("close", () => {
          this.#open.delete(one);
          other.destroy();
        });
      }
      far.write(first);
      near.pipe(far);
      far.pipe(near);
    });
  }
}

/** Lays a line to the service, on a port of its own, for all tests of a file. */
export async function layCable(service: Server): Promise<Cable> {
  const listener = createServer().listen(0, "localhost");
  await once(listener, "listening");
  const address = listener.address();
  if (!address || typeof address === "string") throw new Error("no port");
  const cable = new Cable(address.port, Number(new URL(service.url).port));
  listener.on("connection", (near) => cable.take(near));
  after(() => {
    cable.cut();
    listener.close();
  });
  return cable;
}
