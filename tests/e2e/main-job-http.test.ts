// The same job without any WebSocket: nothing that people do needs one.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  MessageBody,
  RoomBody,
  RoomsBody,
  SessionBody,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { type Answer, Api } from "./support/api.ts";
import { assertArchived, assertWhole, readHistory } from "./support/history.ts";
import { startKillableService } from "./support/killable.ts";
import { Poller } from "./support/poller.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const EACH = 200;

const service = await startKillableService();

/** Makes a request three times under one key; gives the answer, which must be the same each time. */
async function thrice<Body>(
  api: Api,
  method: string,
  path: string,
  key: string,
  body?: unknown,
): Promise<Answer<Body>> {
  const first = await api.request<Body>(method, path, { body, key });
  assert.ok(first.status < 300, first.text);
  assert.equal(first.headers.get("idempotency-replayed"), null);
  for (let i = 0; i < 2; i += 1) {
    const again = await api.request<Body>(method, path, { body, key });
    assert.equal(again.status, first.status);
    assert.equal(again.text, first.text);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
  }
  return first;
}

test("create, join, talk, listen and read back over HTTP alone", async () => {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const [host, guest] = [new Api(service, ada), new Api(service, grace)];
  const created = await thrice<SessionBody>(host, "POST", "sessions", "create", { title: "HTTP" });
  assert.equal(created.status, 201);
  const session = created.body.session.id;
  const path = `sessions/${session}`;

  const rooms: string[] = [];
  for (const name of ["Left", "Right"]) {
    const url = `${path}/breakout-rooms`;
    const answer = await thrice<RoomBody>(host, "POST", url, `room-${name}`, { name });
    assert.equal(answer.status, 201);
    rooms.push(answer.body.room.id);
  }
  const room = rooms[0] as string;
  for (const api of [host, guest]) {
    await thrice(api, "POST", `${path}/breakout-rooms/${room}/join`, "join");
  }
  const listed = (await guest.read<RoomsBody>(`${path}/breakout-rooms`)).rooms;
  assert.deepEqual(
    listed.map(({ id, name, participantIds }) => ({ id, name, participantIds })),
    [
      { id: rooms[0], name: "Left", participantIds: [ada.id, grace.id].sort() },
      { id: rooms[1], name: "Right", participantIds: [] },
    ],
  );

  const listeners = [new Poller(service, session, ada), new Poller(service, session, grace)];
  for (const listener of listeners) {
    await listener.poll();
    listener.start();
  }
  const keys: string[] = [];
  const talk = async (name: string, api: Api) => {
    for (let i = 0; i < EACH; i += 1) {
      const key = `${name}-${i}`;
      keys.push(key);
      const body = { roomId: room, content: `this is ${key}` };
      const answer = await thrice<MessageBody>(api, "POST", `${path}/messages`, key, body);
      assert.equal(answer.status, 201);
      assert.equal(answer.body.message.content, body.content);
    }
  };
  await Promise.all([talk("ada", host), talk("grace", guest)]);
  for (const { view } of listeners) {
    await until("both heard it all", () => view.messages(room).length === keys.length);
    assert.deepEqual(view.faults, []);
    assertWhole(view.messages(room), keys, "polled");
    assert.deepEqual(view.messages(room), listeners[0]?.view.messages(room));
  }

  // Nobody listens while the host goes on and the process dies: the cursors still hold.
  for (const listener of listeners) await listener.stop();
  for (let i = 0; i < 30; i += 1) {
    keys.push(`later-${i}`);
    const body = { roomId: room, content: `later ${i}` };
    await host.post(`${path}/messages`, body, { key: `later-${i}` });
  }
  await service.kill();
  await service.start();
  for (const listener of listeners) {
    await listener.poll();
    assertWhole(listener.view.messages(room), keys, "after the restart");
    const welcomes = listener.frames.items.filter((frame) => frame.type === "welcome");
    assert.equal(welcomes.length, 1, "no fresh start was needed");
  }
  const replayed = await guest.post(
    `${path}/messages`,
    { roomId: room, content: "this is grace-0" },
    { key: "grace-0" },
  );
  assert.equal(replayed.headers.get("idempotency-replayed"), "true");

  const snapshot = await guest.read<Snapshot>(path);
  for (const { view } of listeners) view.assertAgrees(snapshot);
  const history = await readHistory(guest, session, room, 60);
  assert.deepEqual(history, listeners[0]?.view.messages(room));
  await assertArchived(service.database, session, history);
});

test("every other way of changing something can be retried too", async () => {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const [host, guest] = [new Api(service, ada), new Api(service, grace)];
  const session = (await host.createSession()).id;
  const rooms = `sessions/${session}/breakout-rooms`;
  const room = (await host.post<RoomBody>(rooms, { name: "One" })).body.room.id;

  const changed = await thrice<RoomBody>(host, "PATCH", `${rooms}/${room}`, "patch", {
    name: "Two",
    capacity: 5,
  });
  assert.deepEqual(
    [changed.status, changed.body.room.name, changed.body.room.capacity],
    [200, "Two", 5],
  );
  await thrice(guest, "POST", `${rooms}/${room}/join`, "in");
  await thrice(guest, "POST", `${rooms}/${room}/leave`, "out");
  const closed = await thrice<RoomBody>(host, "POST", `${rooms}/${room}/close`, "close");
  assert.equal(closed.body.room.state, "closed");
  const deleted = await thrice(host, "DELETE", `${rooms}/${room}`, "delete");
  assert.deepEqual([deleted.status, deleted.text], [204, ""]);
  assert.deepEqual((await host.read<RoomsBody>(rooms)).rooms, []);
});

test("a poll that has nothing to tell waits, and wakes when something happens", async () => {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const host = new Api(service, ada);
  const session = (await host.createSession()).id;
  const listener = new Poller(service, session, grace);
  const first = await listener.poll();
  assert.equal(first.frames[0]?.type, "welcome");
  const waiting = listener.poll();
  await host.post(`sessions/${session}/messages`, { roomId: "main", content: "hello" });
  const second = await waiting;
  assert.deepEqual(
    second.frames.map((frame) => frame.type),
    ["events"],
  );
  assert.equal(listener.view.messages("main")[0]?.content, "hello");
});
