// Sessions that ended long enough ago are deleted by the clock, wherever something of them is.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { RoomBody } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Service } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const DAYS = 30;
const TABLES = ["messages", "rooms", "members", "room_members", "room_stays"];
const databases = ["DB", "DB_1"];

/** How many rows of a session are anywhere. */
async function rows(service: Service, session: string): Promise<number> {
  let count = 0;
  for (const database of service.databases.values()) {
    for (const table of TABLES) {
      const sql = `SELECT count(*) AS n FROM ${table} WHERE session_id = ?`;
      count += (await database.query<{ n: number }>(sql, session))[0]?.n ?? 0;
    }
    const sql = "SELECT count(*) AS n FROM sessions WHERE id = ?";
    count += (await database.query<{ n: number }>(sql, session))[0]?.n ?? 0;
  }
  return count;
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
  const last = goesOn ? { type: "raise_hand", raised: true } : { type: "end_session" };
  const answer = await api.post(`${path}/commands`, { command: last });
  assert.equal(answer.status, 200, answer.text);
  await until("all is archived", async () => {
    if (goesOn) return (await rows(service, session)) >= 5;
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
    await database.run(sql, days * 24 * 60 * 60 * 1000, session);
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
    const kept = [await rows(service, recent.session), await rows(service, live.session)];
    const reader = await Client.join(service, over.session, over.ada);

    await service.scheduled();

    assert.equal(await rows(service, over.session), 0);
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

test("a run that failed midway is made up for by the next", async () => {
  const service = await Service.start({ variables: { RETENTION_DAYS: String(DAYS) } });
  try {
    const { api, path, session } = await held(service);
    await age(service, session, DAYS + 1);
    await service.database.break();
    await service.scheduled();
    await service.log.find((line) => line.message.startsWith("retention failed"));
    await service.database.repair();
    assert.ok((await rows(service, session)) > 0);
    await service.scheduled();
    assert.equal(await rows(service, session), 0);
    assert.equal((await api.get(path)).status, 404);
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
