// Anonymous sessions: nobody meets the ids and names of others' tokens, and a ban holds all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Debrief, SessionBody, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, person, renewed } from "./support/tokens.ts";

const service = await startService();

const known = (id: string, name: string) => {
  const token = hs256(claims(id, { name, email: `${id}@example.org` }));
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

test("neither host nor guests see who somebody is, over any way in", async () => {
  const { api, session } = await circle();
  const grace = known("grace-hopper", "Grace Hopper");
  const guest = await Client.join(service, session, grace);
  await guest.say("main", "hello");
  await guest.command({ type: "ask_for_help", kind: "alert" });
  const told = [
    await api.get<Snapshot>(`sessions/${session}`),
    await api.get<Debrief>(`sessions/${session}/debrief`),
    await api.get(`sessions/${session}/messages?room=main`),
    await api.get(`sessions/${session}/assignments?format=csv`),
    await api.get(`sessions/${session}/events`),
  ];
  for (const { text, status } of told) {
    assert.equal(status, 200, text);
    assert.doesNotMatch(text, /grace|hopper|example\.org/i);
  }
  const self = guest.view.participants.get(
    guest.frames.items[0]?.type === "welcome" ? guest.frames.items[0].self.id : "",
  );
  assert.match(self?.alias ?? "", /^Guest /);
  await guest.command({ type: "update_profile", alias: "Heron" });
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
