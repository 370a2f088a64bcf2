// What has been kept for long enough is deleted from every table that has something of a session, whichever tables
// there are: they are read off the archive's schema, so that one that is added later is among them.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import type { Database } from "./support/database.ts";
import { Service } from "./support/service.ts";
import { temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
const databases = ["DB", "DB_1"];

/** Tables that belong to a person or to nobody, each with the reason why retention leaves it alone. */
const NOT_OF_SESSIONS: Record<string, string> = {
  templates: "a person keeps them, for any session",
  deleted_templates: "a person deleted them; it is remembered for as long as a key is known",
};

interface Table {
  name: string;
  /** The column that says which session. */
  column: string;
}

/** Every table that has something of a session, and those that nothing is known of. */
async function tablesOf(database: Database): Promise<{ tables: Table[]; others: string[] }> {
  const rows = await database.query<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name",
  );
  const own = rows.filter(({ name }) => !/^(_cf_|sqlite_|d1_)/.test(name));
  const tables = own.flatMap(({ name, sql }) => {
    if (name === "sessions") return [{ name, column: "id" }];
    return /\bsession_id\b/.test(sql) ? [{ name, column: "session_id" }] : [];
  });
  const known = tables.map(({ name }) => name);
  return { tables, others: own.map(({ name }) => name).filter((name) => !known.includes(name)) };
}

/** How many rows each table has of a session, over all databases. */
async function rowsOf(service: Service, session: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const database of service.databases.values()) {
    for (const { name, column } of (await tablesOf(database)).tables) {
      const sql = `SELECT count(*) AS n FROM ${name} WHERE ${column} = ?`;
      const found = (await database.query<{ n: number }>(sql, session))[0]?.n ?? 0;
      counts[name] = (counts[name] ?? 0) + found;
    }
  }
  return counts;
}

/** A session in which all happens that leaves something in the archive, and which then ended. */
async function used(service: Service): Promise<{ api: Api; session: string }> {
  const [ada, grace, alan] = [person("Ada"), person("Grace"), person("Alan")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const third = await Client.join(service, session, alan);
  const rooms: string[] = [];
  for (const name of ["Blue", "Red"]) {
    rooms.push((await host.command({ type: "create_room", name })).result.room?.id ?? "");
  }
  const [blue = "", red = ""] = rooms;
  await guest.command({ type: "join_room", roomId: blue });
  const said = (await guest.say(blue, "said in a room")).result.message;
  await host.command({
    type: "react_to_message",
    messageId: said?.id ?? "",
    emoji: "👍",
    added: true,
  });
  await guest.command({ type: "edit_message", messageId: said?.id ?? "", content: "said anew" });
  await guest.command({ type: "leave_room" });
  await host.command({ type: "move_participant", participantId: alan.id, roomId: red });
  await host.say("main", "said to all");
  await host.command({ type: "broadcast", content: "announced" });
  await host.command({ type: "send_direct_message", participantId: grace.id, content: "to one" });
  await guest.command({ type: "ask_for_help", kind: "help", text: "asked" });
  await guest.command({ type: "update_profile", about: "about", tags: ["tag"] });
  await host.command({ type: "ban_participant", participantId: alan.id });
  await third.closed;
  await host.command({ type: "end_session" });
  await until("all is archived", async () => {
    for (const database of service.databases.values()) {
      const sql = "SELECT 1 FROM sessions WHERE id = ? AND ended_at IS NOT NULL";
      if ((await database.query(sql, session)).length > 0) return true;
    }
    return false;
  });
  return { api, session };
}

/** How many objects hold a journal. */
function journals(storage: string): number {
  const files = readdirSync(storage, { recursive: true, encoding: "utf8" });
  return files.filter((name) => {
    if (!name.endsWith(".sqlite")) return false;
    const database = new DatabaseSync(join(storage, name), { readOnly: true, timeout: 5_000 });
    const found = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'journal'").all();
    database.close();
    return found.length > 0;
  }).length;
}

test("no table keeps anything of a session that ended longer ago than is kept", async () => {
  const storage = temporaryStorage();
  const service = await Service.start({
    ...{ databases, storage },
    variables: { RETENTION_DAYS: String(DAYS) },
  });
  try {
    for (const [name, database] of service.databases) {
      const { others } = await tablesOf(database);
      const unknown = others.filter((table) => !(table in NOT_OF_SESSIONS));
      assert.deepEqual(unknown, [], `${name}: has these something of a session?`);
    }
    const [over, recent] = [await used(service), await used(service)];
    const before = await rowsOf(service, over.session);
    for (const [table, count] of Object.entries(before)) {
      assert.ok(count > 0, `nothing is put into ${table}: let this test do what does`);
    }
    const kept = await rowsOf(service, recent.session);
    for (const database of service.databases.values()) {
      const sql = "UPDATE sessions SET ended_at = ended_at - ? WHERE id = ?";
      await database.run(sql, (DAYS + 1) * DAY_MS, over.session);
    }
    assert.equal(journals(storage), 2);

    await service.scheduled();
    const left = Object.entries(await rowsOf(service, over.session)).filter(
      ([, count]) => count > 0,
    );
    assert.deepEqual(left, []);
    assertProblem(await over.api.get(`sessions/${over.session}`), { code: "session_not_found" });
    assert.deepEqual(await rowsOf(service, recent.session), kept);
    assert.equal((await recent.api.get(`sessions/${recent.session}`)).status, 200);
  } finally {
    await service.stop();
  }
  assert.equal(journals(storage), 1, "the object's own storage is empty, too");
});
