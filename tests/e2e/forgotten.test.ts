// A session that nobody used is forgotten some time after it was created, wherever something of it is; one that was used,
// prepared or looked at is not.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Session, SessionBody } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const front = new URL("support/fronts/moving-clock.mjs", import.meta.url);
const service = await startService({ front: readFileSync(front, "utf8") });

const ask = async (what: string) => {
  const answer = await fetch(new URL(what, service.base), { method: "POST" });
  assert.equal(answer.status, 200, await answer.text());
};
const pass = (days: number) => ask(`/clock?ms=${days * DAY_MS}`);
const ring = (session: string) => ask(`/alarm?session=${session}`);

/** How many rows the archive has of a session. */
async function rows(session: string): Promise<number> {
  // Whatever has a session's id has something of it.
  const found =
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
  const tables = await service.database.query<{ name: string; sql: string }>(found);
  let count = 0;
  for (const { name, sql } of tables) {
    if (name !== "sessions" && !/\bsession_id\b/.test(sql)) continue;
    const key = name === "sessions" ? "id" : "session_id";
    const rows = `SELECT count(*) AS n FROM ${name} WHERE ${key} = ?`;
    count += (await service.database.query<{ n: number }>(rows, session))[0]?.n ?? 0;
  }
  return count;
}

/** Waits until the archive has so many rows of a session. The platform rings by its own clock, which did not move. */
const archived = (session: string, count: number) =>
  until("it is archived", async () => {
    await ring(session);
    return (await rows(session)) >= count;
  });

/** Somebody whose token lasts for all of it. */
const lasting = (alias: string) => person(alias, 400 * 24 * 3600);

interface Scene {
  ada: Person;
  api: Api;
  session: Session;
  path: string;
}

async function scene(more = {}): Promise<Scene> {
  const ada = lasting("Ada");
  const api = new Api(service, ada);
  const created = await api.post<SessionBody>("sessions", { title: "A", ...more }, { key: "k" });
  assert.equal(created.status, 201, created.text);
  const { session } = created.body;
  await archived(session.id, 2);
  return { ada, api, session, path: `sessions/${session.id}` };
}

const isThere = async ({ api, path }: Scene) => (await api.get(path)).status === 200;
const isForgotten = (id: string) =>
  service.log.items.some(
    ({ message, sessionId }) => message === "unused session forgotten" && sessionId === id,
  );

test("what nobody used is forgotten after a month, everywhere", async () => {
  const live = await scene();
  const anonymous = await scene({ anonymous: true });
  const ended = await scene();
  await ended.api.post(`${ended.path}/commands`, { command: { type: "end_session" } });
  const scenes = [live, anonymous, ended];
  await pass(29);
  for (const one of scenes) {
    await ring(one.session.id);
    assert.equal(isForgotten(one.session.id), false);
  }
  await pass(2);
  for (const one of scenes) {
    await service.evict(one.session.id);
    await ring(one.session.id);
    assert.ok(isForgotten(one.session.id));
    assert.equal(await rows(one.session.id), 0);
    assertProblem(await one.api.get(one.path), { code: "session_not_found", status: 404 });
    // It rings once more, as it may after a crash: there is nothing to do.
    await ring(one.session.id);
  }
});

test("whatever somebody did keeps it", async () => {
  const command = (one: Scene, command: object) =>
    one.api.post(`${one.path}/commands`, { command });
  const uses: [string, (one: Scene) => Promise<unknown>][] = [
    [
      "somebody came",
      async ({ path }) =>
        new Api(service, lasting("Grace")).post(`${path}/commands`, {
          command: { type: "join_session" },
        }),
    ],
    [
      "something was said",
      (one) => command(one, { type: "send_message", roomId: "main", content: "x" }),
    ],
    ["a room was made", (one) => command(one, { type: "create_room", name: "R", preparing: true })],
    [
      "it was given a title",
      (one) => command(one, { type: "update_session", title: "Next month" }),
    ],
  ];
  const scenes: Scene[] = [];
  for (const [what, use] of uses) {
    const one = await scene();
    const answer = (await use(one)) as { status: number; text: string };
    assert.equal(answer.status, 200, `${what}: ${answer.text}`);
    scenes.push(one);
  }
  await pass(90);
  for (const [n, one] of scenes.entries()) {
    await service.evict(one.session.id);
    await ring(one.session.id);
    assert.ok(await isThere(one), uses[n]?.[0]);
  }
});

test("whoever is there, or just asked for it, does not lose it under their hands", async () => {
  const one = await scene();
  await pass(31);
  assert.ok(await isThere(one));
  await ring(one.session.id);
  assert.ok(await isThere(one), "just asked for");
  const client = await Client.join(service, one.session.id, one.ada);
  await pass(2);
  await ring(one.session.id);
  await client.settle();
  assert.ok((await rows(one.session.id)) >= 2, "what the archive has stays");
  await client.close();
  await service.log.find(({ message }) => message === "socket closed");
  await pass(2);
  await ring(one.session.id);
  assert.ok(isForgotten(one.session.id));
  assert.equal(await rows(one.session.id), 0);
});

test("with D1 away it is tried again later, and a session that is used meanwhile is whole", async () => {
  const [left, used] = [await scene(), await scene()];
  await pass(31);
  await service.database.break();
  try {
    for (const one of [left, used]) {
      await ring(one.session.id);
      assert.equal(isForgotten(one.session.id), false);
    }
    const log = service.log.items.filter(({ message }) =>
      message.startsWith("unused session kept"),
    );
    assert.equal(log.length, 2);
  } finally {
    await service.database.repair();
  }
  const said = await used.api.post(`${used.path}/messages`, { roomId: "main", content: "Here" });
  assert.equal(said.status, 201, said.text);
  await pass(2);
  for (const one of [left, used]) await ring(one.session.id);
  assert.ok(isForgotten(left.session.id));
  assert.equal(await rows(left.session.id), 0);
  assert.ok(await isThere(used));
  // From the beginning.
  await archived(used.session.id, 3);
});

test("what was forgotten can be created again, by who created it", async () => {
  const one = await scene();
  await pass(31);
  await ring(one.session.id);
  assert.ok(isForgotten(one.session.id));
  const again = await one.api.post<SessionBody>("sessions", { title: "B" }, { key: "k" });
  assert.equal(again.status, 201, again.text);
  assert.equal(again.body.session.id, one.session.id);
});
