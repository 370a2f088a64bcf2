// The service in a process group of its own, to be killed without a warning and started again on
// the same storage and the same port.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { Database } from "./database.ts";
import { askAt, through } from "./door.ts";
import type { LogLine, Settings } from "./options.ts";
import { Recorder } from "./recorder.ts";
import type { Report } from "./serve.ts";
import type { Running } from "./service.ts";

const program = fileURLToPath(new URL("serve.ts", import.meta.url));

const STARTED_WITHIN_MS = 60_000;

export class KillableService implements Running {
  readonly log = new Recorder<LogLine>("log line");
  readonly #settings: Settings;
  #process: ChildProcess | undefined;
  #base: URL | undefined;
  #door: URL | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get base(): URL {
    if (!this.#base) throw new Error("the service has not been started");
    return this.#base;
  }

  /** The archive, asked through the process. */
  readonly database = new Database(
    through((question) => {
      if (!this.#door) throw new Error("the service has not been started");
      return askAt(this.#door)(question);
    }),
  );

  /** Starts it: the second time, where and as it was. */
  async start(): Promise<void> {
    const port = this.#base ? Number(this.#base.port) : await lastingPort();
    const settings: Settings = { port, ...this.#settings };
    // A group of its own, so that a signal reaches workerd too.
    const again = this.#base ? ["again"] : [];
    const child = spawn(process.execPath, [program, JSON.stringify(settings), ...again], {
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the service did not start: ${code}`)));
      const late = () => reject(new Error(`the service did not start in ${STARTED_WITHIN_MS} ms`));
      const timer = setTimeout(late, STARTED_WITHIN_MS);
      child.on("message", (report: Report) => {
        if (report.type === "log") this.log.push(report.line);
        if (report.type === "ready") {
          this.#base = new URL(report.base);
          this.#door = new URL(report.door);
          clearTimeout(timer);
          resolve();
        }
      });
    });
  }

  /** `kill -9`, on the whole group. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child?.pid) return;
    this.#process = undefined;
    const exited = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await exited;
  }
}

/**
 * A free port that the system gives to nobody by itself. Of the others, one that is tried while nothing listens there is
 * at times given to whoever tries it, who is then connected to themselves, and the service finds it taken.
 */
async function lastingPort(): Promise<number> {
  const [least, most] = [10_000, 32_000];
  for (;;) {
    const port = least + Math.floor(Math.random() * (most - least));
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

/** A killable service for all tests of a file, on storage that lasts as long as they do. */
export async function startKillableService(settings: Settings = {}): Promise<KillableService> {
  const storage = mkdtempSync(join(tmpdir(), "flagship-e2e-"));
  const service = new KillableService({ ...settings, storage });
  after(async () => {
    await service.kill();
    rmSync(storage, { recursive: true, force: true });
  });
  await service.start();
  return service;
}
