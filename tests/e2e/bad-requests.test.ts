// What only HTTP can get wrong: bodies, methods, routes, parameters, headers, origins.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack, EventsPage, Problem } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem, type Refusal, type RequestOptions } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { UNCOUNTED } from "./support/options.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";

// What each of them changes is looked for by the same host, more often than the host may ask.
const variables = { ...UNCOUNTED, ALLOWED_ORIGINS: "https://good.example" };
const service = await startService({ variables });
const [ada, grace] = [person("Ada"), person("Grace")];
const host = new Api(service, ada);
const session = (await host.createSession()).id;
const path = `sessions/${session}`;
const guest = new Api(service, grace);
await guest.post(`${path}/commands`, { command: { type: "join_session" } });
const rooms = `${path}/breakout-rooms`;
const room = (await host.post<{ room: { id: string } }>(rooms, { name: "Room" })).body.room.id;

const long = "x".repeat(10_000);
const invalid = (field: string): Refusal => ({ code: "invalid", status: 422, field });

/** Method, path, what is sent, and the refusal. All by the host. */
const requests: Record<string, [string, string, RequestOptions, Refusal]> = {
  "no JSON": ["POST", `${path}/messages`, { body: "hello?" }, { code: "malformed", status: 400 }],
  "no body": ["POST", `${path}/messages`, {}, { code: "malformed", status: 400 }],
  "half a body": [
    "POST",
    `${path}/messages`,
    { body: '{"roomId"' },
    { code: "malformed", status: 400 },
  ],
  "a body that is no object": ["POST", "sessions", { body: "7" }, { code: "invalid", status: 422 }],
  "a missing field": ["POST", `${path}/messages`, { body: { roomId: "main" } }, invalid("content")],
  "a wrong type": [
    "POST",
    `${path}/messages`,
    { body: { roomId: 1, content: "x" } },
    invalid("roomId"),
  ],
  "an empty title": ["POST", "sessions", { body: { title: "" } }, invalid("title")],
  "a long title": ["POST", "sessions", { body: { title: long } }, invalid("title")],
  "an empty name": ["POST", rooms, { body: { name: "" } }, invalid("name")],
  "a long name": ["POST", rooms, { body: { name: long } }, invalid("name")],
  "no capacity": ["POST", rooms, { body: { name: "a", capacity: 0 } }, invalid("capacity")],
  "a negative capacity": [
    "PATCH",
    `${rooms}/${room}`,
    { body: { capacity: -1 } },
    invalid("capacity"),
  ],
  "a command without its command": ["POST", `${path}/commands`, { body: {} }, invalid("command")],
  "a command that is a text": [
    "POST",
    `${path}/commands`,
    { body: { command: "x" } },
    invalid("command"),
  ],
  "a body of 1 MB": [
    "POST",
    `${path}/messages`,
    { body: { roomId: "main", content: "x".repeat(1024 * 1024) } },
    { code: "too_large", status: 413 },
  ],
  "an unknown room": ["POST", `${rooms}/r999/join`, {}, { code: "room_not_found", status: 404 }],
  "a room that cannot be": [
    "POST",
    `${rooms}/a.b/join`,
    {},
    { code: "room_not_found", status: 404 },
  ],
  "messages of an unknown room": [
    "GET",
    `${path}/messages?room=r999`,
    {},
    { code: "room_not_found", status: 404 },
  ],
  "an unknown session": [
    "GET",
    "sessions/nothing-here",
    {},
    { code: "session_not_found", status: 404 },
  ],
  "a session that cannot be": [
    "GET",
    "sessions/a.b",
    {},
    { code: "session_not_found", status: 404 },
  ],
  "a message into an unknown session": [
    "POST",
    "sessions/nothing-here/messages",
    { body: { roomId: "main", content: "x" } },
    { code: "session_not_found", status: 404 },
  ],
  "an unknown route": ["GET", "nothing", {}, { code: "not_found", status: 404 }],
  "a route with more to it": [
    "GET",
    `${path}/messages/m1/x`,
    {},
    { code: "not_found", status: 404 },
  ],
  "an unknown message": [
    "GET",
    `${path}/messages/m999`,
    {},
    { code: "message_not_found", status: 404 },
  ],
  "a wrong method": ["DELETE", path, {}, { code: "method_not_allowed", status: 405 }],
  "a method that is not in use": ["PUT", rooms, {}, { code: "method_not_allowed", status: 405 }],
  "a method of another protocol": [
    "PROPFIND",
    path,
    {},
    { code: "method_not_allowed", status: 405 },
  ],
  "a cursor that is none": ["GET", `${path}/events?cursor=abc`, {}, invalid("cursor")],
  "an empty cursor": ["GET", `${path}/events?cursor=`, {}, invalid("cursor")],
  "a limit of nothing": ["GET", `${path}/messages?limit=0`, {}, invalid("limit")],
  "a limit beyond all": ["GET", `${path}/messages?limit=101`, {}, invalid("limit")],
  "a limit that is no number": ["GET", `${path}/messages?limit=many`, {}, invalid("limit")],
  "a place before the first": ["GET", `${path}/messages?before=0`, {}, invalid("before")],
  "a place that is no number": ["GET", `${path}/messages?before=x`, {}, invalid("before")],
  "a room name with a slash": ["GET", `${path}/messages?room=a/b`, {}, invalid("room")],
  "an empty key": [
    "POST",
    `${path}/messages`,
    { body: { roomId: "main", content: "x" }, key: "" },
    invalid("Idempotency-Key"),
  ],
  "a long key": [
    "POST",
    `${path}/messages`,
    { body: { roomId: "main", content: "x" }, key: long.slice(0, 129) },
    invalid("Idempotency-Key"),
  ],
  "two keys": [
    "POST",
    `${path}/commands`,
    { body: { id: "one", command: { type: "leave_room" } }, key: "other" },
    invalid("id"),
  ],
  "a socket without a handshake": [
    "GET",
    `${path}/socket`,
    {},
    { code: "upgrade_required", status: 426 },
  ],
  "a page of another origin": [
    "POST",
    `${path}/messages`,
    { body: { roomId: "main", content: "x" }, headers: { origin: "https://evil.example" } },
    { code: "origin_not_allowed", status: 403 },
  ],
};

for (const [name, [method, where, options, refusal]] of Object.entries(requests)) {
  test(`${name} is refused`, () =>
    assertUnchanged(service, session, ada, async () => {
      const answer = await host.request(method, where, options);
      assertProblem(answer, refusal);
    }));
}

test("what was said in somebody else's room is not shown", async () => {
  await host.post(`${path}/messages`, { roomId: room, content: "secret" });
  await assertUnchanged(service, session, ada, async () => {
    const read = await guest.get(`${path}/messages?room=${room}`);
    assertProblem(read, { code: "not_in_room", status: 403 });
    const snapshot = await guest.get(path);
    assert.doesNotMatch(snapshot.text, /secret/);
  });
  // Whoever listens counts as connected from then on.
  const page = await guest.read<EventsPage>(`${path}/events`);
  assert.doesNotMatch(JSON.stringify(page), /secret/);
});

test("a key is for one request, also where sessions are created", async () => {
  const first = await host.post("sessions", { title: "One" }, { key: "create" });
  assert.equal(first.status, 201);
  const other = await host.post("sessions", { title: "Two" }, { key: "create" });
  assertProblem(other, { code: "idempotency_mismatch", status: 422 });
  const again = await host.post("sessions", { title: "One" }, { key: "create" });
  assert.equal(again.text, first.text);
});

test("a cursor of another history starts afresh, and says so", async () => {
  const one = await host.read<EventsPage>(`${path}/events`);
  const other = (await host.createSession()).id;
  const page = await host.read<EventsPage>(`sessions/${other}/events?cursor=${one.cursor}`);
  const [welcome] = page.frames;
  assert.equal(welcome?.type, "welcome");
  assert.equal(welcome?.type === "welcome" && welcome.resumed, false);
  assert.equal(welcome?.type === "welcome" && welcome.snapshot?.session.id, other);
});

test("a wrong method is told the right ones, and every refusal can be found in the log", async () => {
  const answer = await host.request<Problem>("PUT", rooms, {
    headers: { "x-request-id": "find-me.1" },
  });
  assert.match(answer.body.message, /GET, POST|POST, GET/);
  assert.equal(answer.body.requestId, "find-me.1");
  const line = await service.log.find((line) => line.requestId === "find-me.1");
  assert.deepEqual([line.status, line.method], [405, "PUT"]);
});

test("after all that, the session is open to everyone as before", async () => {
  const client = await Client.join(service, session, grace);
  const ack: Ack = await client.say("main", "still here");
  assert.equal(ack.duplicate, false);
});
