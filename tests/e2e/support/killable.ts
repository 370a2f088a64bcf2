// The service in a process group of its own, to be killed without a warning and started again on
// the same storage and the same port.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { Database } from "./database.ts";
import type { LogLine, Settings } from "./options.ts";
import { Recorder } from "./recorder.ts";
import type { Question, Report } from "./serve.ts";
import type { Running } from "./service.ts";

const program = fileURLToPath(new URL("serve.ts", import.meta.url));

export class KillableService implements Running {
  readonly log = new Recorder<LogLine>("log line");
  readonly #settings: Settings;
  readonly #answers = new Map<number, (rows: unknown[]) => void>();
  #process: ChildProcess | undefined;
  #base: URL | undefined;
  #questions = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get base(): URL {
    if (!this.#base) throw new Error("the service has not been started");
    return this.#base;
  }

  /** The archive, asked through the process. */
  readonly database = new Database({
    prepare: (sql) => {
      const statement = (values: (string | number | null)[]) => ({
        bind: (...values: (string | number | null)[]) => statement(values),
        run: () => this.#ask(sql, values),
        all: async <Row>() => ({ results: (await this.#ask(sql, values)) as Row[] }),
      });
      return statement([]);
    },
  });

  /** Starts it: the second time, where and as it was. */
  async start(): Promise<void> {
    const port = this.#base ? Number(this.#base.port) : undefined;
    const settings: Settings = port ? { ...this.#settings, port } : this.#settings;
    // A group of its own, so that a signal reaches workerd too.
    const child = spawn(process.execPath, [program, JSON.stringify(settings)], {
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the service did not start: ${code}`)));
      child.on("message", (report: Report) => {
        if (report.type === "log") this.log.push(report.line);
        if (report.type === "answer") this.#answers.get(report.id)?.(report.rows);
        if (report.type === "ready") {
          this.#base = new URL(report.base);
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

  #ask(sql: string, values: Question["values"]): Promise<unknown[]> {
    const question: Question = { id: ++this.#questions, sql, values };
    return new Promise((resolve) => {
      this.#answers.set(question.id, resolve);
      this.#process?.send(question);
    });
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
