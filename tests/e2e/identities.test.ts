// What identity providers may put into a token: ids as long as OpenID Connect allows, with any character; tokens with
// hundreds of groups; names in many claims.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type {
  Ack,
  DirectMessage,
  MessagesPage,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, type Person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

/** Somebody with this id and no other name than `more` gives them. */
const somebody = (id: string, more: object = {}): Person => ({
  id,
  alias: "",
  token: hs256(claims(id, more)),
});

/** An id of 255 bytes that is nobody else's. */
const longId = (character: string, bytes = 1) => {
  const unique = randomUUID();
  return `${unique}${character.repeat(Math.floor((255 - unique.length) / bytes))}`;
};

for (const [what, id, odd] of [
  ["of 255 bytes", longId("x"), false],
  ["of 255 bytes beyond ASCII", longId("é", 2), true],
  [
    "with whatever an address gives a meaning to",
    `samlp|a/b?c#d&e=f+g %41 "h" '\\ ${randomUUID()}`,
    true,
  ],
] as const) {
  test(`somebody with an id ${what} takes part in everything`, async () => {
    const ada = somebody(id, { alias: "Ada" });
    const grace = somebody(longId(odd ? "名" : "g", odd ? 3 : 1), { alias: "Grace" });
    const api = new Api(service, ada);
    const session = (await api.createSession()).id;
    const host = await Client.join(service, session, ada);
    const guest = await Client.join(service, session, grace);
    const room = (await host.command({ type: "create_room", name: "Blue" })).result.room;
    assert.ok(room);
    await host.command({ type: "move_participant", participantId: grace.id, roomId: room.id });
    await host.command({ type: "send_direct_message", participantId: grace.id, content: "psst" });
    const told = await guest.command({
      type: "send_direct_message",
      participantId: ada.id,
      content: "hello",
    });
    const message = told.result.directMessage as DirectMessage;
    await host.say("main", "all");
    await host.command({
      type: "react_to_message",
      messageId: message.id,
      emoji: "👍",
      added: true,
    });
    const stream = `participant:${encodeURIComponent(grace.id)}`;
    const positions = { [stream]: Number(message.id.slice(1)) };
    host.send({ type: "cursor", received: positions, read: positions });
    await guest.frames.find(({ type }) => type === "receipts");
    const poller = new Poller(service, session, grace);
    await poller.poll();

    await service.evict(session);
    const { client: back, welcome } = await host.reconnect();
    assert.equal(welcome.self.id, ada.id);
    const fresh = await back.hello({ fresh: true });
    assert.deepEqual(Object.values(fresh.read ?? {}), [Number(message.id.slice(1))]);
    back.view.assertAgrees(await api.read<Snapshot>(`sessions/${session}`));
    const talk = `sessions/${session}/direct-messages?with=${encodeURIComponent(grace.id)}`;
    const page = await api.read<{ messages: DirectMessage[] }>(talk);
    assert.deepEqual(
      page.messages.map(({ content, senderId }) => [content, senderId]),
      [
        ["psst", ada.id],
        ["hello", grace.id],
      ],
    );
    await until("it is archived", async () => (await service.database.count(session)) >= 1);
    const rows = await service.database.query<{ id: string }>(
      "SELECT id FROM members WHERE session_id = ?",
      session,
    );
    assert.deepEqual(rows.map(({ id }) => id).sort(), [ada.id, grace.id].sort());
    const history = await api.read<MessagesPage>(`sessions/${session}/messages?room=main`);
    assert.deepEqual(
      history.messages.map(({ senderId }) => senderId),
      [ada.id],
    );
    await back.command({ type: "ban_participant", participantId: grace.id });
    const refused = await new Api(service, grace).get(`sessions/${session}`);
    assert.equal(refused.status, 403);
  });
}

test("how far one has got with many people of long ids is kept while the object sleeps", async () => {
  const ada = somebody(longId("a"), { alias: "名前".repeat(32) });
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const reads: Record<string, number> = {};
  for (let count = 0; count < 26; count += 1) {
    const other = somebody(longId("b"), { alias: `Person ${count}` });
    const command = { type: "send_direct_message", participantId: ada.id, content: "hello" };
    const said = await new Api(service, other).post<Ack>(
      `sessions/${session}/commands`,
      { command },
      { key: randomUUID() },
    );
    assert.equal(said.status, 200, said.text);
    const place = Number(said.body.result.directMessage?.id.slice(1));
    const stream = `participant:${encodeURIComponent(other.id)}`;
    reads[stream] = place;
    host.send({ type: "cursor", received: { [stream]: place }, read: { [stream]: place } });
    await host.settle();
  }
  await service.evict(session);
  await host.settle();
  assert.equal(host.isClosed, false);
  const { welcome } = await host.reconnect();
  const read = welcome.read ?? {};
  for (const [stream, place] of Object.entries(reads)) assert.equal(read[stream], place);
  const failures = service.log.items.filter(({ level }) => level === "error");
  assert.deepEqual(failures, []);
});

test("a token with hundreds of groups holds, in a header, at a socket's handshake and on the socket", async () => {
  const groups = Array.from({ length: 240 }, () => randomUUID());
  const ada = somebody(`ada-${randomUUID()}`, { alias: "Ada", groups });
  assert.ok(ada.token.length > 12_000 && ada.token.length < 16_384, `${ada.token.length}`);
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const client = await Client.join(service, session, ada);
  client.send({ type: "auth", token: hs256(claims(ada.id, { groups })) });
  await client.notice("authenticated");
  await client.say("main", "hello");
  const longer = hs256(claims(ada.id, { groups: [...groups, ...groups] }));
  client.send({ type: "auth", token: longer });
  const nack = await client.frames.find(({ type }) => type === "nack");
  assert.ok(nack.type === "nack");
  assert.equal(nack.error.reason, "token_too_long");
  assert.match(nack.error.message, /16,384 bytes/);
});

test("the name is found in the claims of providers, and an address is never one", async () => {
  const api = new Api(service, somebody(`host-${randomUUID()}`, { alias: "Host" }));
  const session = (await api.createSession()).id;
  const address = "ada@example.org";
  const cases: [claims: object, name: RegExp][] = [
    [{ user_metadata: { full_name: "Ada Lovelace" } }, /^Ada Lovelace$/],
    [{ given_name: "Ada", family_name: "Lovelace", preferred_username: address }, /^Ada Lovelace$/],
    [{ "cognito:username": "ada" }, /^ada$/],
    [{ name: address, nickname: "ada", email: address, email_verified: false }, /^ada$/],
    [{ name: address, preferred_username: address, nickname: address }, /^Guest \w{4}$/],
  ];
  for (const [more, name] of cases) {
    const client = await Client.open(service, session, {
      token: somebody(randomUUID(), more).token,
    });
    const { self } = await client.hello();
    assert.match(self.alias, name, JSON.stringify(more));
    assert.ok(!JSON.stringify(client.frames.items).includes(address));
  }
});
