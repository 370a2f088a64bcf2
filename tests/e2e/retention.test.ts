// Sessions that ended long enough ago are deleted by the clock, wherever something of them is.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { RoomBody, TemplatesBody } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Service } from "./support/service.ts";
import { spoilJournals, temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const DAYS = 30;
const databases = ["DB", "DB_1"];
const DAY_MS = 24 * 60 * 60 * 1000;

/** How many rows of a session are anywhere, by table: in whichever there are, and in whichever column it is named. */
async function rowsByTable(service: Service, session: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const database of service.databases.values()) {
    const names =
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'";
    for (const { name } of await database.query<{ name: string }>(names)) {
      const rows = await database.query<Record<string, unknown>>(`SELECT * FROM "${name}"`);
      const own = rows.filter((row) => Object.values(row).includes(session)).length;
      counts.set(name, (counts.get(name) ?? 0) + own);
    }
  }
  return counts;
}

/** How many rows of a session are anywhere. */
async function rows(service: Service, session: string): Promise<number> {
  return [...(await rowsByTable(service, session)).values()].reduce((sum, count) => sum + count, 0);
}

/** The tables that are about sessions: all but those that say whose, of a person, a row is. */
async function tables(service: Service): Promise<string[]> {
  const names =
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND sql NOT LIKE '%owner%'";
  const all = await service.database.query<{ name: string }>(names);
  return all.map(({ name }) => name).sort();
}

/** A session with a room in which something was said, archived; ended, unless it goes on. */
async function held(service: Service, { goesOn = false } = {}) {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const path = `sessions/${session}`;
  const room = (await api.post<RoomBody>(`${path}/breakout-rooms`, { name: "R" })).body.room.id;
  assert.equal(
    (await new Api(service, grace).post(`${path}/breakout-rooms/${room}/join`)).status,
    200,
  );
  await api.post(`${path}/messages`, { roomId: room, content: "said in a room" });
  const direct = { type: "send_direct_message", participantId: grace.id, content: "said to one" };
  assert.equal((await api.post(`${path}/commands`, { command: direct })).status, 200);
  const last = goesOn ? { type: "raise_hand", raised: true } : { type: "end_session" };
  const answer = await api.post(`${path}/commands`, { command: last });
  assert.equal(answer.status, 200, answer.text);
  await until("all is archived", async () => {
    const counts = await rowsByTable(service, session);
    if (goesOn)
      return (counts.get("messages") ?? 0) > 0 && (counts.get("direct_messages") ?? 0) > 0;
    for (const database of service.databases.values()) {
      const sql = "SELECT ended_at FROM sessions WHERE id = ? AND ended_at IS NOT NULL";
      if ((await database.query(sql, session)).length > 0) return true;
    }
    return false;
  });
  return { ada, api, session, path };
}

/** Lets time pass for a session, in days. */
async function age(service: Service, session: string, days: number): Promise<void> {
  const sql = "UPDATE sessions SET ended_at = ended_at - ? WHERE id = ?";
  for (const database of service.databases.values()) {
    await database.run(sql, days * DAY_MS, session);
  }
}

test("what ended longer ago than is kept goes, everywhere; all else stays", async () => {
  const service = await Service.start({ databases, variables: { RETENTION_DAYS: String(DAYS) } });
  try {
    const [over, recent, live] = [
      await held(service),
      await held(service),
      await held(service, { goesOn: true }),
    ];
    await age(service, over.session, DAYS + 1);
    await age(service, recent.session, DAYS - 1);
    const before = await rowsByTable(service, over.session);
    for (const table of await tables(service)) {
      assert.ok((before.get(table) ?? 0) > 0, `${table} has something of the session to delete`);
    }
    const kept = [await rows(service, recent.session), await rows(service, live.session)];
    const template = await over.api.post("templates", { name: "Kept", sessionId: over.session });
    assert.equal(template.status, 201, template.text);
    const reader = await Client.join(service, over.session, over.ada);

    await service.scheduled();

    const after = await rowsByTable(service, over.session);
    assert.deepEqual(
      [...after].filter(([, count]) => count > 0),
      [],
      "no table has anything of it",
    );
    assert.equal((await reader.closed).code, 4404, "whoever still looked at it is told");
    await service.evict(over.session);
    for (const path of [over.path, `${over.path}/messages`, `${over.path}/events`]) {
      assertProblem(await over.api.get(path), { code: "session_not_found", status: 404 });
    }
    assert.deepEqual(
      [await rows(service, recent.session), await rows(service, live.session)],
      kept,
    );
    for (const { api, path } of [recent, live]) assert.equal((await api.get(path)).status, 200);

    const { templates } = await over.api.read<TemplatesBody>("templates");
    assert.equal(templates.length, 1, "what belongs to a person stays");

    // Again changes nothing, and is no failure.
    await service.scheduled();
    assert.deepEqual(
      [await rows(service, recent.session), await rows(service, live.session)],
      kept,
    );
    assert.ok(!service.log.items.some((line) => line.message.startsWith("retention failed")));
  } finally {
    await service.stop();
  }
});

/** Lets time pass for sessions that were left alone for a while. */
async function retryNow(service: Service): Promise<void> {
  for (const database of service.databases.values()) {
    await database.run("UPDATE sessions SET retention_after = retention_after - ?", DAY_MS);
  }
}

test("a run that failed midway is made up for by a later one", async () => {
  const service = await Service.start({ variables: { RETENTION_DAYS: String(DAYS) } });
  try {
    const { api, path, session } = await held(service);
    await age(service, session, DAYS + 1);
    await service.database.run(
      "CREATE TRIGGER stuck BEFORE DELETE ON members BEGIN SELECT RAISE(ABORT, 'stuck'); END",
    );
    await service.scheduled();
    await service.log.find((line) => line.message === "session kept: it could not be deleted");
    await service.database.run("DROP TRIGGER stuck");
    assert.ok((await rows(service, session)) > 0);
    await retryNow(service);
    await service.scheduled();
    assert.equal(await rows(service, session), 0);
    assert.equal((await api.get(path)).status, 404);
  } finally {
    await service.stop();
  }
});

test("sessions that cannot be deleted yet keep no others from it", async () => {
  const service = await Service.start({ variables: { RETENTION_DAYS: String(DAYS) } });
  try {
    const stuck: string[] = [];
    for (let number = 0; number < SESSIONS_AT_ONCE; number += 1) {
      const session = (await new Api(service, person("Ada")).createSession()).id;
      await until("it is archived", async () => (await rows(service, session)) > 0);
      // Their objects say that they go on, as the object of a session does whose archive is behind.
      await service.database.run("UPDATE sessions SET ended_at = 1 WHERE id = ?", session);
      stuck.push(session);
    }
    const { session } = await held(service);
    await age(service, session, DAYS + 1);
    await service.scheduled();
    await service.scheduled();
    assert.equal(await rows(service, session), 0, "it has its turn");
    for (const other of stuck) assert.ok((await rows(service, other)) > 0);
  } finally {
    await service.stop();
  }
});

/** As in src/retention.rs. */
const SESSIONS_AT_ONCE = 25;

test("an archive that is behind is written, and the session deleted", async () => {
  const storage = temporaryStorage();
  const settings = { storage, variables: { RETENTION_DAYS: String(DAYS) } };
  const first = await Service.start(settings);
  const { ada, session } = await held(first);
  await age(first, session, DAYS + 1);
  await first.stop();
  // Its alarm is far away, and so is the rest of its journal from the archive.
  spoilJournals(storage, "UPDATE archive SET rev = 1");
  const variables = { ...settings.variables, ARCHIVE_INTERVAL_MS: "600000" };
  const service = await Service.start({ ...settings, variables });
  try {
    await service.scheduled();
    assert.equal(await rows(service, session), 0);
    const api = new Api(service, ada);
    assertProblem(await api.get(`sessions/${session}`), { code: "session_not_found", status: 404 });
  } finally {
    await service.stop();
  }
});

test("without a number of days everything is kept", async () => {
  const service = await Service.start();
  try {
    for (const days of [0, 10_000]) {
      const { api, path, session } = await held(service);
      await age(service, session, days);
      const before = await rows(service, session);
      await service.scheduled();
      assert.equal(await rows(service, session), before);
      assert.equal((await api.get(path)).status, 200);
    }
  } finally {
    await service.stop();
  }
});
