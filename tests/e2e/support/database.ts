// The archive as the tests see it: D1, with the migrations applied, to look into and to break.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/lib/project.mjs";

type Value = string | number | null;

interface Statement {
  bind(...values: Value[]): Statement;
  run(): Promise<unknown>;
  all<Row>(): Promise<{ results: Row[] }>;
}

/** What is used of a D1 binding. */
export interface Binding {
  prepare(sql: string): Statement;
}

/** A message as the archive keeps it. */
export interface ArchivedMessage {
  room_id: string;
  seq: number;
  id: string;
  sender_id: string;
  content: string;
  idempotency_key: string;
  rev: number;
}

export class Database {
  readonly #binding: Binding;

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  /** Applies every migration, in order, once. */
  async migrate(): Promise<void> {
    const exists = await this.query("SELECT 1 FROM sqlite_master WHERE name = 'sessions'");
    if (exists.length > 0) return;
    const folder = join(root, "migrations");
    for (const file of readdirSync(folder).sort()) {
      if (!file.endsWith(".sql")) continue;
      const sql = readFileSync(join(folder, file), "utf8").replace(/--.*$/gm, "");
      for (const statement of sql.split(";").map((part) => part.trim())) {
        if (statement !== "") await this.run(statement);
      }
    }
  }

  async query<Row>(sql: string, ...values: Value[]): Promise<Row[]> {
    return (
      await this.#binding
        .prepare(sql)
        .bind(...values)
        .all<Row>()
    ).results;
  }

  async run(sql: string, ...values: Value[]): Promise<void> {
    await this.#binding
      .prepare(sql)
      .bind(...values)
      .run();
  }

  /** Every message of a session, room by room, in order. */
  messages(session: string): Promise<ArchivedMessage[]> {
    const sql = "SELECT * FROM messages WHERE session_id = ? ORDER BY room_id, seq";
    return this.query<ArchivedMessage>(sql, session);
  }

  /** How many messages of a session are there. */
  async count(session: string): Promise<number> {
    const sql = "SELECT count(*) AS n FROM messages WHERE session_id = ?";
    return (await this.query<{ n: number }>(sql, session))[0]?.n ?? 0;
  }

  /** From now on, every use of the archive fails. */
  break(): Promise<void> {
    return this.run("ALTER TABLE messages RENAME TO messages_away");
  }

  repair(): Promise<void> {
    return this.run("ALTER TABLE messages_away RENAME TO messages");
  }
}
