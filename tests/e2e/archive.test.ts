// The archive is never in the way: with D1 failing, people talk and read as before, and when it is
// back, everything arrives there by itself, once.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Message, MessagesPage } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertArchived, assertWhole, readHistory } from "./support/history.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService({ variables: { ARCHIVE_INTERVAL_MS: "20" } });

/** More than the journal answers for, so that a history crosses into the archive. */
const MANY = 720;

/** Says many things, as fast as they are taken. */
async function sayAll(client: Client, room: string, keys: string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += 60) {
    const ids = keys.slice(from, from + 60);
    const settled = ids.map((id) => client.settled(id));
    client.send(
      ids.map((id) => ({
        type: "command",
        id,
        command: { type: "send_message", roomId: room, content: `said as ${id}` },
      })),
    );
    for (const answer of await Promise.all(settled)) assert.equal(answer.type, "ack");
  }
}

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);

const failures = (session: string) =>
  service.log.items.filter(
    (line) => line.message.startsWith("archive not written") && line.sessionId === session,
  );

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession("Archived")).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const created = await host.command({ type: "create_room", name: "Room", capacity: 9 });
  const room = created.result.room?.id as string;
  for (const client of [host, guest]) await client.command({ type: "join_room", roomId: room });
  return { ada, grace, session, host, guest, room };
}

test("with D1 failing nobody notices, and it catches up by itself", async () => {
  const { ada, session, host, guest, room } = await scene();
  await sayAll(host, room, numbered("before", 10));
  await until("the first are archived", async () => (await service.database.count(session)) === 10);

  await service.database.break();
  const during = numbered("during", 150);
  try {
    await sayAll(guest, room, during);
    assert.equal((await guest.say(room, "said as during-3", "during-3")).duplicate, true);
    await until("the host hears it", () => host.view.messages(room).length === 160);
    const keys = [...numbered("before", 10), ...during];
    assertWhole(await readHistory(new Api(service, ada), session, room, 100), keys, "no archive");
    // Often enough in a row that the circuit opens.
    await until("it has given up for now", () =>
      failures(session).some((line) => line.circuitOpen === true),
    );
    // Rooms and the session itself can change too.
    await host.command({ type: "update_room", roomId: room, name: "Renamed", capacity: null });
    await host.command({ type: "update_session", title: "Renamed too" });
    // And a restart in the middle loses nothing.
    await service.evict(session);
    await sayAll(host, room, numbered("after", 10));
  } finally {
    await service.database.repair();
  }
  await until("the host has it all", () => host.view.messages(room).length === 170);
  await assertArchived(service.database, session, host.view.messages(room));
  const rooms = await service.database.query("SELECT * FROM rooms WHERE session_id = ?", session);
  assert.deepEqual(
    rooms.map((row) => ({ ...(row as object), created_at: 0, rev: 0 })),
    [
      {
        session_id: session,
        id: room,
        name: "Renamed",
        state: "open",
        capacity: null,
        created_by: ada.id,
        created_at: 0,
        rev: 0,
      },
    ],
  );
  const sessions = await service.database.query<{ title: string; state: string }>(
    "SELECT title, state FROM sessions WHERE id = ?",
    session,
  );
  assert.deepEqual(sessions, [{ title: "Renamed too", state: "live" }]);
});

test("the alarm alone brings the rest, when everybody has gone", async () => {
  const { session, host, guest, room } = await scene();
  await service.database.break();
  try {
    await sayAll(host, room, numbered("unheard", 120));
    await until("the archive was tried", () => failures(session).length > 0);
    for (const client of [host, guest]) await client.close();
    await service.evict(session);
  } finally {
    await service.database.repair();
  }
  await assertArchived(service.database, session, host.view.messages(room));
});

test("an ended session and a deleted room are archived as such", async () => {
  const { session, host, room } = await scene();
  const kept = (await host.command({ type: "create_room", name: "Kept" })).result.room?.id;
  await host.say(room, "last words");
  await host.command({ type: "delete_room", roomId: room });
  await host.command({ type: "end_session" });
  const states = () =>
    service.database.query<{ id: string; state: string }>(
      "SELECT id, state FROM rooms WHERE session_id = ? UNION SELECT id, state FROM sessions WHERE id = ?",
      session,
      session,
    );
  await until("the end is archived", async () =>
    (await states()).some((row) => row.id === session && row.state === "ended"),
  );
  assert.deepEqual(
    new Map((await states()).map((row) => [row.id, row.state])),
    new Map([
      [room, "deleted"],
      [kept as string, "closed"],
      [session, "ended"],
    ]),
  );
  assert.equal(await service.database.count(session), 1, "what was said is kept");
});

describe("a history that is longer than what the journal answers for", () => {
  const keys = numbered("long", MANY);
  let ada: Person;
  let session: string;
  let room: string;
  let live: Message[];
  let api: Api;

  before(async () => {
    const made = await scene();
    ({ ada, session, room } = made);
    api = new Api(service, ada);
    await sayAll(made.host, room, keys);
    // Other rooms in between must not disturb the count.
    await sayAll(made.guest, "main", numbered("main", 40));
    live = made.host.view.messages(room);
    assertWhole(live, keys, "live");
    await until("all is archived", async () => (await service.database.count(session)) === 760);
  });

  for (const limit of [100, 64, 7]) {
    test(`is one sequence in pages of ${limit}`, async () => {
      assert.deepEqual(await readHistory(api, session, room, limit), live);
    });
  }

  test("its oldest pages come from the archive", async () => {
    // Seen by leaving a mark there.
    await service.database.run(
      "UPDATE messages SET content = 'from the archive' WHERE session_id = ? AND room_id = ? AND seq = 5",
      session,
      room,
    );
    const oldest = () =>
      api.read<MessagesPage>(`sessions/${session}/messages?room=${room}&before=101&limit=100`);
    assert.equal((await oldest()).messages[4]?.content, "from the archive");

    // Without it, the same page comes from the journal.
    await service.database.break();
    try {
      assert.deepEqual(await oldest(), {
        messages: live.slice(0, 100),
        before: null,
        after: 100,
      });
      assert.deepEqual(await readHistory(api, session, room, 100), live);
      assert.ok(service.log.items.some((line) => line.message.startsWith("archive not readable")));
    } finally {
      await service.database.repair();
    }
  });

  test("is whole too when the object was out of memory", async () => {
    await service.evict(session);
    const history = await readHistory(api, session, room, 90);
    assert.deepEqual(
      history.map((message) => message.commandId),
      live.map((message) => message.commandId),
    );
  });
});
