// Runs the service in a process of its own, which can be killed: see killable.ts.

import { Database } from "./database.ts";
import { askAt, through } from "./door.ts";
import { run, type Settings } from "./options.ts";

/** What this process tells the one that started it. */
export type Report =
  | { type: "ready"; base: string; door: string }
  | { type: "log"; line: { level: string; message: string } };

const report = (message: Report) => process.send?.(message);

const settings = JSON.parse(process.argv[2] ?? "{}") as Settings;
// The one that started it is gone.
process.on("disconnect", () => process.kill(0, "SIGKILL"));
const miniflare = run({ ...settings, door: true }, (line) => report({ type: "log", line }));
const base = await miniflare.ready;
const door = await miniflare.unsafeGetDirectURL("door");
// The second time the tables are there, and a question to the archive would wait behind all who come back at once.
if (process.argv[3] !== "again") await new Database(through(askAt(door))).migrate();
report({ type: "ready", base: base.href, door: door.href });
