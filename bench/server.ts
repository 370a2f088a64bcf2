// A server under measurement: a process that prints where it listens, and ends with its input.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { npmBin, toolEnv } from "../scripts/lib/env.mjs";
import { root } from "../scripts/lib/project.mjs";

/**
 * Where servers keep what is durable: in memory. A disk that must write before each answer would
 * be all that is measured of them, and it is not what the platform waits for.
 */
const MEMORY = "/dev/shm";

export class Server {
  readonly port: number;
  /** The root of the process tree. */
  readonly pid: number;
  readonly base: URL;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(process: ChildProcess, folder: string, pid: number, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.pid = pid;
    this.port = port;
    this.base = new URL(`http://127.0.0.1:${port}`);
  }

  /** Starts a program; `node` is the pinned one. */
  static async start([program, ...args]: readonly string[]): Promise<Server> {
    const folder = mkdtempSync(join(MEMORY, "flagship-bench-"));
    const child = spawn(program === "node" ? npmBin("node") : String(program), args, {
      cwd: root,
      env: toolEnv({ TMPDIR: folder }),
      stdio: ["pipe", "pipe", "inherit"],
    });
    const started = Promise.race([
      once(createInterface(child.stdout), "line"),
      once(child, "exit").then(() => Promise.reject(new Error(`${program} ${args} ended at once`))),
    ]);
    const { port } = JSON.parse(String((await started)[0])) as { port: number };
    if (child.pid === undefined) throw new Error(`${program} has no process id`);
    return new Server(child, folder, child.pid, port);
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, "exit");
    this.#process.stdin?.end();
    await exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
