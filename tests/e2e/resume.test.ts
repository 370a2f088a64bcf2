// Coming back: what was missed comes in order, exactly once, before anything live; where that is
// not possible, everything starts afresh and says so. Never a part.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerFrame, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertWhole } from "./support/history.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { publicStreams } from "./support/view.ts";
import { until } from "./support/wait.ts";

const service = await startService({ variables: UNCOUNTED });

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const room = (await host.command({ type: "create_room", name: "One" })).result.room?.id ?? "";
  await guest.settle();
  const agrees = async (client: Client) => {
    await client.settle();
    client.view.assertAgrees(await api.read<Snapshot>(`sessions/${session}`));
  };
  return { ada, grace, session, host, guest, room, agrees };
}

/** Says many things at once. */
async function sayAll(client: Client, room: string, count: number, name = "said") {
  const ids = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  for (let from = 0; from < count; from += 64) {
    const part = ids.slice(from, from + 64);
    const settled = part.map((id) => client.settled(id));
    client.send(
      part.map((id) => ({
        type: "command",
        id,
        command: { type: "send_message", roomId: room, content: id },
      })),
    );
    for (const answer of await Promise.all(settled)) assert.equal(answer.type, "ack");
  }
  return ids;
}

test("whoever has seen nothing yet can resume too", async () => {
  const { host, guest, agrees } = await scene();
  await guest.close();
  const keys = await sayAll(host, "main", 30);
  const { client, welcome } = await guest.reconnect();
  assert.deepEqual([welcome.resumed, welcome.streams["room:main"]], [true, 0]);
  await agrees(client);
  assertWhole(client.view.messages("main"), keys, "resumed");
});

test("who left meanwhile does not pass for connected", async () => {
  const { host, guest, agrees } = await scene();
  await host.close();
  await guest.command({ type: "leave_session" });
  await guest.closed;
  const { client, welcome } = await host.reconnect();
  assert.equal(welcome.resumed, true);
  await agrees(client);
});

test("what was missed comes before anything live", async () => {
  const { host, guest, agrees } = await scene();
  await guest.close();
  const keys = await sayAll(host, "main", 600);
  // While she comes back, the talk goes on.
  const live = Array.from({ length: 200 }, (_, index) => host.say("main", "live", `live-${index}`));
  const { client, welcome } = await guest.reconnect();
  assert.equal(welcome.resumed, true);
  for (let index = 0; index < 200; index += 1) keys.push(`live-${index}`);
  await Promise.all(live);
  await until("all is there", () => client.view.messages("main").length === keys.length);
  assertWhole(client.view.messages("main"), keys, "resumed");
  await agrees(client);
});

test("rooms that came, changed and went meanwhile are told in order", async () => {
  const { grace, host, guest, room, agrees } = await scene();
  await guest.close();
  await host.command({ type: "update_room", roomId: room, name: "Uno" });
  const two = (await host.command({ type: "create_room", name: "Two" })).result.room?.id ?? "";
  await host.command({ type: "delete_room", roomId: room });
  await host.command({ type: "set_role", participantId: grace.id, role: "moderator" });
  await host.say(two, "before she was there");
  await host.command({ type: "move_participant", participantId: grace.id, roomId: two });
  await host.say(two, "while she was away");
  const { client, welcome } = await guest.reconnect();
  assert.equal(welcome.resumed, true);
  assert.equal(welcome.self.roomId, two);
  assert.deepEqual(publicStreams(welcome.streams), ["room:main", `room:${two}`, "session"]);
  assert.equal(client.view.messages(two).length, 2, "nothing of the new room is missing");
  await host.say(two, "now");
  await until("she hears it", () => client.view.messages(two).length === 3);
  await agrees(client);
});

test("who came and who went meanwhile is known after a resume", async () => {
  const { session, guest, host, agrees } = await scene();
  const [alan, mary] = [person("Alan"), person("Mary")];
  const leaving = await Client.join(service, session, alan);
  await guest.settle();
  assert.ok(guest.view.connected.has(alan.id));
  await guest.close();
  await leaving.close();
  await Client.join(service, session, mary);
  await until("the host is told", () => host.view.connected.has(mary.id));
  const { client, welcome } = await guest.reconnect();
  assert.equal(welcome.resumed, true);
  await agrees(client);
});

test("a poller that was moved meanwhile is told so, and goes on in the new room", async () => {
  const { ada, session, host, room } = await scene();
  const alan = person("Alan");
  const poller = new Poller(service, session, alan);
  await poller.poll();
  await host.say(room, "before");
  await host.command({ type: "move_participant", participantId: alan.id, roomId: room });
  await host.say(room, "after");
  await poller.poll();
  const seen = poller.view.messages(room).map((message) => message.content);
  assert.deepEqual(seen, ["after"]);
  await host.say(room, "later");
  await poller.poll();
  assert.equal(poller.view.messages(room).length, 2);
  poller.view.assertAgrees(await new Api(service, ada).read<Snapshot>(`sessions/${session}`));
});

test("positions that never were, another epoch, or no session stream start afresh", async () => {
  const { grace, session, guest } = await scene();
  const { epoch, streams } = guest.view.resume;
  for (const resume of [
    { epoch: "another", streams },
    { epoch, streams: { ...streams, "room:main": 999 } },
    { epoch, streams: { "room:main": 0 } },
    { epoch, streams: {} },
  ]) {
    const client = await Client.open(service, session, { token: grace.token });
    client.send({ type: "hello", resume });
    const isWelcome = (frame: ServerFrame) => frame.type === "welcome";
    const welcome = await client.frames.find(isWelcome);
    assert.ok(welcome.type === "welcome");
    assert.equal(welcome.resumed, false, JSON.stringify(resume));
    assert.equal(welcome.snapshot?.session.id, session);
    await client.close();
  }
});

test("2,000 missed events are made up for, and one more starts afresh", async () => {
  const { host, guest, agrees } = await scene();
  await guest.close();
  const keys = await sayAll(host, "main", 2_000);
  const { client, welcome } = await guest.reconnect();
  assert.equal(welcome.resumed, true);
  await until("all is there", () => client.view.messages("main").length === 2_000);
  assertWhole(client.view.messages("main"), keys, "resumed");
  await agrees(client);
  await client.close();

  await sayAll(host, "main", 2_001, "more");
  const again = await client.reconnect();
  assert.equal(again.welcome.resumed, false);
  assert.equal(again.welcome.snapshot?.messages.length, 50);
  await agrees(again.client);
});
