// Which objects have an alarm set, as workerd keeps them on disk.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What workerd keeps about an object beside its own tables; the alarm is under this key. */
const ALARM = "SELECT value FROM _cf_METADATA WHERE key = 1";

/** The sessions whose objects have an alarm. Fails if the runtime keeps alarms in another way. */
export function sessionsWithAlarm(storage: string): { all: string[]; ringing: string[] } {
  const files = readdirSync(storage, { recursive: true, encoding: "utf8" });
  const [all, ringing]: [string[], string[]] = [[], []];
  for (const name of files.filter((file) => file.endsWith(".sqlite"))) {
    const database = new DatabaseSync(join(storage, name), {
      readOnly: true,
      timeout: 5_000,
    });
    try {
      const query = "SELECT name FROM sqlite_master WHERE name IN ('journal', '_cf_METADATA')";
      if (database.prepare(query).all().length < 2) continue;
      all.push(name);
      const statement = database.prepare(ALARM);
      // Nanoseconds since the epoch.
      statement.setReadBigInts(true);
      const row = statement.get() as { value: unknown } | undefined;
      if (row && row.value !== null) ringing.push(name);
    } finally {
      database.close();
    }
  }
  return { all, ringing };
}
