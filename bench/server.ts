// A server under measurement: a process that prints where it listens, and ends with its input.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { npmBin, toolEnv } from "../scripts/lib/env.mjs";
import { root } from "../scripts/lib/project.mjs";

export class Server {
  readonly port: number;
  /** The root of the process tree. */
  readonly pid: number;
  readonly base: URL;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, pid: number, port: number) {
    this.#process = process;
    this.pid = pid;
    this.port = port;
    this.base = new URL(`http://127.0.0.1:${port}`);
  }

  /** Starts a program; `node` is the pinned one. */
  static async start([program, ...args]: readonly string[]): Promise<Server> {
    const child = spawn(program === "node" ? npmBin("node") : String(program), args, {
      cwd: root,
      env: toolEnv(),
      stdio: ["pipe", "pipe", "inherit"],
    });
    const started = Promise.race([
      once(createInterface(child.stdout), "line"),
      once(child, "exit").then(() => Promise.reject(new Error(`${program} ${args} ended at once`))),
    ]);
    const { port } = JSON.parse(String((await started)[0])) as { port: number };
    if (child.pid === undefined) throw new Error(`${program} has no process id`);
    return new Server(child, child.pid, port);
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, "exit");
    this.#process.stdin?.end();
    await exited;
  }
}
