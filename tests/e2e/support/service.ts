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
  readonly database: Database;
  readonly #miniflare: Miniflare;

  private constructor(miniflare: Miniflare, base: URL, log: Recorder<LogLine>, database: Database) {
    this.#miniflare = miniflare;
    this.base = base;
    this.log = log;
    this.database = database;
  }

  static async start(settings: Settings = {}): Promise<Service> {
    const log = new Recorder<LogLine>("log line");
    const miniflare = run(settings, (line) => log.push(line));
    const base = await miniflare.ready;
    const database = new Database(await databaseOf(miniflare));
    await database.migrate();
    return new Service(miniflare, base, log, database);
  }

  /** Takes a session's object out of memory; its sockets stay open. */
  async evict(session: string): Promise<void> {
    await this.#miniflare.unsafeEvictDurableObject(WORKER, OBJECT, {
      name: session,
      webSockets: "hibernate",
    });
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
