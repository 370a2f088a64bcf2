// The service under test, in workerd beside this process.

import { after } from "node:test";
import type { Miniflare } from "miniflare";
import { Database } from "./database.ts";
import { databaseOf, type LogLine, OBJECT, run, type Settings, WORKER } from "./options.ts";
import { Recorder } from "./recorder.ts";

/** Where a service is, and what it says. */
export interface Running {
  readonly base: URL;
  readonly log: Recorder<LogLine>;
}

export class Service implements Running {
  readonly base: URL;
  readonly log: Recorder<LogLine>;
  /** The first of the archive's databases. */
  readonly database: Database;
  /** All of them, by the names of their bindings. */
  readonly databases: ReadonlyMap<string, Database>;
  readonly #miniflare: Miniflare;

  private constructor(
    miniflare: Miniflare,
    base: URL,
    log: Recorder<LogLine>,
    databases: Map<string, Database>,
  ) {
    this.#miniflare = miniflare;
    this.base = base;
    this.log = log;
    this.databases = databases;
    const first = databases.get("DB");
    if (!first) throw new Error("there is no archive without DB");
    this.database = first;
  }

  static async start(settings: Settings = {}): Promise<Service> {
    const log = new Recorder<LogLine>("log line");
    const miniflare = run(settings, (line) => log.push(line));
    const base = await miniflare.ready;
    const databases = new Map<string, Database>();
    for (const name of settings.databases ?? ["DB"]) {
      const database = new Database(await databaseOf(miniflare, name));
      await database.migrate();
      databases.set(name, database);
    }
    return new Service(miniflare, base, log, databases);
  }

  /** Does what the platform's clock does every few minutes, and waits for its end. */
  async scheduled(): Promise<void> {
    const worker = (await this.#miniflare.getWorker(WORKER)) as unknown as {
      scheduled(options: { cron: string }): Promise<unknown>;
    };
    await worker.scheduled({ cron: "*/10 * * * *" });
  }

  /** Takes a session's object out of memory; its sockets stay open. */
  async evict(session: string): Promise<void> {
    await this.#miniflare.unsafeEvictDurableObject(WORKER, OBJECT, {
      name: session,
      webSockets: "hibernate",
    });
  }

  /** Where the Worker can be inspected, if the settings say so. */
  async inspector(): Promise<URL> {
    return new URL(`/core:user:${WORKER}`, await this.#miniflare.getInspectorURL());
  }

  stop(): Promise<void> {
    return this.#miniflare.dispose();
  }
}

/** A service for all tests of a file. */
export async function startService(settings: Settings = {}): Promise<Service> {
  const service = await Service.start(settings);
  after(() => service.stop());
  return service;
}
