// Anonymous sessions: nobody meets the ids and names of others' tokens, and a ban holds all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SessionBody, Welcome } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { Streamer } from "./support/streamer.ts";
import { claims, hs256, person, renewed } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

const known = (id: string, name: string) => {
  const address = `${id}@example.org`;
  const given_name = name;
  const more = {
    name,
    given_name,
    email: address,
    email_verified: true,
    preferred_username: address,
  };
  const token = hs256(claims(id, more));
  return { id, alias: name, token };
};

async function circle() {
  const ada = person("Ada");
  const api = new Api(service, ada);
  const key = crypto.randomUUID();
  const body = { title: "Circle", anonymous: true };
  const created = await api.post<SessionBody>("sessions", body, { key });
  assert.equal(created.status, 201, created.text);
  const repeated = await api.post<SessionBody>("sessions", body, { key });
  assert.deepEqual(repeated.body, created.body);
  return { ada, api, session: created.body.session.id };
}

/** Whatever would say who Grace is, in any form that a token gives it. */
const REAL = /grace|hopper|example\.org/i;

test("neither host nor guests see who somebody is, over any way in", async () => {
  const { ada, api, session } = await circle();
  const host = await Client.join(service, session, ada);
  const other = await Client.join(service, session, known("alan-turing", "Alan Turing"));
  const guest = await Client.join(service, session, known("grace-hopper", "Grace Hopper"));
  const stream = await Streamer.open(service, session, ada);
  const { result } = await host.command({ type: "create_room", name: "Room" });
  const roomId = result.room?.id as string;
  const { self } = guest.frames.items.find(({ type }) => type === "welcome") as Welcome;
  // Everything that somebody can do which others are told of.
  guest.send({ type: "typing", roomId: "main" });
  await guest.say("main", "hello");
  await guest.command({ type: "ask_for_help", kind: "alert" });
  await guest.command({ type: "raise_hand", raised: true });
  await guest.command({ type: "update_profile", about: "I like birds", tags: ["birds"] });
  await guest.command({ type: "knock", roomId });
  await host.command({ type: "answer_knock", participantId: self.id, admit: true });
  await guest.say(roomId, "here");
  guest.send({ type: "cursor", received: { "room:main": 1 }, read: { "room:main": 1 } });
  await host.frames.find(({ type }) => type === "receipts");
  await guest.command({ type: "leave_session" });
  await guest.closed;
  await other.settle();

  const told = await Promise.all([
    ...[
      "",
      "/debrief",
      "/debrief?format=csv",
      "/messages?room=main",
      `/messages?room=${roomId}`,
    ].map((path) => api.get(`sessions/${session}${path}`)),
    ...["/assignments", "/assignments?format=csv", "/events", "/activity", "/breakout-rooms"].map(
      (path) => api.get(`sessions/${session}${path}`),
    ),
    api.get(`debug-breakout/${session}/debug-permissions`),
  ]);
  for (const { text, status } of told) {
    assert.equal(status, 200, text);
    assert.doesNotMatch(text, REAL);
  }
  for (const client of [host, other, guest, stream]) {
    assert.ok(client.frames.items.length > 5, "there are frames to look at");
    assert.doesNotMatch(JSON.stringify(client.frames.items), REAL);
  }
  await until("the stream brings the end", () =>
    stream.view.events.some(({ type }) => type === "participant_left"),
  );
  await stream.stop();
  // Nor can whoever looks into the archive, or the log.
  await until("all is archived", async () => (await service.database.count(session)) === 2);
  for (const table of ["sessions", "messages", "rooms", "members", "room_members", "templates"]) {
    const rows = await service.database.query(`SELECT * FROM ${table}`);
    assert.doesNotMatch(JSON.stringify(rows), REAL, table);
  }
  assert.doesNotMatch(JSON.stringify(service.log.items), REAL);
  assert.match(self.alias, /^Guest /);
});

test("one is oneself again after a reload, a sleep and with another token", async () => {
  const { ada, session } = await circle();
  const first = await Client.open(service, session, { token: ada.token });
  const one = await first.hello();
  await service.evict(session);
  const second = await Client.open(service, session, { token: renewed(ada) });
  const other = await second.hello();
  assert.equal(one.self.id, other.self.id);
  assert.equal(other.self.alias, "Ada", "an alias that was chosen is shown");
  assert.equal(other.self.role, "host");
  second.send({ type: "auth", token: renewed(ada) });
  await second.notice("authenticated");
});

test("a ban holds by identity, on reconnect and over HTTP", async () => {
  const { ada, session } = await circle();
  const mallory = known("mallory", "Mallory");
  const guest = await Client.open(service, session, { token: mallory.token });
  const { self } = await guest.hello();
  const host = await Client.join(service, session, ada);
  await host.command({ type: "ban_participant", participantId: self.id });
  assert.equal((await guest.closed).code, 4403);
  assertProblem(await new Api(service, mallory).get(`sessions/${session}`), {
    code: "banned",
    status: 403,
  });
});
