// Socket.IO under the faults that Flagship is put through: the server of its documentation in a
// process that can be killed, and its own client.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { npmBin, toolEnv } from "../../scripts/lib/env.mjs";
import { at } from "../../scripts/lib/project.mjs";
import type { Link } from "../../tests/chaos/link.ts";
import type { Company, Side, Talker } from "../../tests/chaos/side.ts";
import { Answerer, type Client, type Connect } from "./socket-io-talker.ts";

/** `recovery`: connection state recovery alone; `stored`: its recipe for exactly-once delivery too. */
export type Variant = "recovery" | "stored";

export class SocketIo implements Side {
  readonly name: string;
  readonly #variant: Variant;
  readonly #folder = mkdtempSync(join(tmpdir(), "faults-socket.io-"));
  readonly #connect: Connect;
  #process: ChildProcess | undefined;
  #port = 0;
  #starts = 0;

  private constructor(variant: Variant, connect: Connect) {
    this.#variant = variant;
    this.#connect = connect;
    this.name = variant === "stored" ? "socket.io, exactly-once recipe" : "socket.io, recovery";
  }

  static async start(variant: Variant): Promise<SocketIo> {
    const require = createRequire(at("bench", "peers", "package.json"));
    const { io } = require("socket.io-client") as { io: Connect };
    const side = new SocketIo(variant, io);
    await side.restart();
    return side;
  }

  get port(): number {
    return this.#port;
  }

  async restart(): Promise<void> {
    this.#starts += 1;
    const file = join(this.#folder, "chat.db");
    const args = [this.#variant, String(this.#port), file, String(this.#starts)];
    const child = spawn(
      npmBin("node"),
      [at("bench", "peers", "socket.io", "faults.mjs"), ...args],
      { env: toolEnv(), stdio: ["pipe", "pipe", "inherit"] },
    );
    this.#process = child;
    const [told] = (await Promise.race([
      once(createInterface(child.stdout), "line"),
      once(child, "exit").then(() => Promise.reject(new Error("socket.io ended at once"))),
    ])) as [string];
    this.#port = (JSON.parse(told) as { port: number }).port;
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  async talker(who: number, room: number, link: Link, company: Company): Promise<Talker> {
    const isStored = this.#variant === "stored";
    const open = (serverOffset: number): Client =>
      this.#connect(link.base.href, {
        auth: { room: `r${room}`, serverOffset },
        forceNew: true,
        transports: ["websocket"],
        reconnectionDelay: 100,
        reconnectionDelayMax: 400,
        // As the recipe has them.
        ...(isStored ? { ackTimeout: 10_000, retries: 3 } : {}),
      });
    return new Answerer(`p${who}`, `r${room}`, open, company, isStored);
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
