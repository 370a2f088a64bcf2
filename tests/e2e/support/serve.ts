// Runs the service in a process of its own, which can be killed: see killable.ts.

import { Database } from "./database.ts";
import { databaseOf, run, type Settings } from "./options.ts";

/** A question about the archive. */
export interface Question {
  id: number;
  sql: string;
  values: (string | number | null)[];
}

/** What this process tells the one that started it. */
export type Report =
  | { type: "ready"; base: string }
  | { type: "log"; line: { level: string; message: string } }
  | { type: "answer"; id: number; rows: unknown[] };

const report = (message: Report) => process.send?.(message);

const settings = JSON.parse(process.argv[2] ?? "{}") as Settings;
const miniflare = run(settings, (line) => report({ type: "log", line }));
const base = await miniflare.ready;
const database = new Database(await databaseOf(miniflare));
await database.migrate();

process.on("message", async ({ id, sql, values }: Question) => {
  report({ type: "answer", id, rows: await database.query(sql, ...values) });
});
// The one that started it is gone.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
report({ type: "ready", base: base.href });
