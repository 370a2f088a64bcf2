// The job that Flagship is for, over WebSockets: what two people say to each other reaches both
// exactly once and in one order, and outlives the process.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack, Room } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client, type Settled } from "./support/client.ts";
import { assertArchived, assertWhole, readHistory } from "./support/history.ts";
import { startKillableService } from "./support/killable.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const EACH = 200;

const service = await startKillableService();

async function twoInARoom() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const rooms: Room[] = [];
  for (const name of ["Left", "Right"]) {
    const id = `create-${name}`;
    const acks: Ack[] = [];
    for (let i = 0; i < 3; i += 1) acks.push(await host.command({ type: "create_room", name }, id));
    assert.deepEqual(
      acks.map(({ duplicate, result }) => ({ duplicate, room: result.room?.id })),
      [false, true, true].map((duplicate) => ({ duplicate, room: acks[0]?.result.room?.id })),
    );
    rooms.push(acks[0]?.result.room as Room);
  }
  const room = rooms[0]?.id as string;
  for (const client of [host, guest]) {
    await client.command({ type: "join_room", roomId: room }, "join");
  }
  return { ada, grace, session, host, guest, rooms, room };
}

/** Sends a message three times over, and gives the three answers. */
function sayThrice(client: Client, roomId: string, id: string): Promise<Settled[]> {
  const answers = [1, 2, 3].map(() => client.settled(id));
  const command = { type: "send_message", roomId, content: `this is ${id}` } as const;
  for (let i = 0; i < 3; i += 1) client.send({ type: "command", id, command });
  return Promise.all(answers);
}

/** Checks that three answers are one message and two repetitions. */
function assertSaidOnce(answers: Settled[]): void {
  const acks = answers.map((answer) => {
    assert.equal(answer.type, "ack", JSON.stringify(answer));
    return answer as Extract<Settled, { type: "ack" }>;
  });
  assert.deepEqual(
    acks.map((ack) => ack.duplicate),
    [false, true, true],
  );
  for (const ack of acks) {
    assert.equal(ack.rev, acks[0]?.rev);
    assert.deepEqual(ack.result.message, acks[0]?.result.message);
  }
}

test("a conversation is whole for both, survives kill -9, and is archived once", async () => {
  const { ada, grace, session, host, guest, rooms, room } = await twoInARoom();
  const keys: string[] = [];
  const answers: Promise<Settled[]>[] = [];
  for (let i = 0; i < EACH; i += 1) {
    for (const [name, client] of [["ada", host] as const, ["grace", guest] as const]) {
      keys.push(`${name}-${i}`);
      answers.push(sayThrice(client, room, `${name}-${i}`));
    }
  }
  for (const three of await Promise.all(answers)) assertSaidOnce(three);

  for (const client of [host, guest]) {
    await until("both have it all", () => client.view.messages(room).length === keys.length);
    assert.deepEqual(client.view.faults, []);
    assertWhole(client.view.messages(room), keys, "live");
  }
  assert.deepEqual(host.view.messages(room), guest.view.messages(room));

  // Grace is away while Ada goes on; then the process dies.
  await guest.close();
  for (let i = 0; i < 70; i += 1) {
    keys.push(`ada-alone-${i}`);
    await host.say(room, `are you there? ${i}`, `ada-alone-${i}`);
  }
  await service.kill();
  await host.closed;
  await service.start();

  const [hostAgain, guestAgain] = await Promise.all([host.reconnect(), guest.reconnect()]);
  for (const { client, welcome } of [hostAgain, guestAgain]) {
    assert.equal(welcome.resumed, true);
    assert.equal(welcome.snapshot, null);
    assert.equal(welcome.self.roomId, room, "back in the same room");
    await until("nothing is missing", () => client.view.messages(room).length === keys.length);
    assertWhole(client.view.messages(room), keys, "resumed");
    // Every message came as an event, once: none was in a snapshot.
    const created = client.view.events.filter((event) => event.type === "message_created");
    assert.equal(created.length, keys.length);
  }
  const again = await hostAgain.client.say(room, "are you there? 69", "ada-alone-69");
  assert.equal(again.duplicate, true, "keys outlive the process");
  assert.equal(
    (await hostAgain.client.command({ type: "create_room", name: "Right" }, "create-Right")).result
      .room?.id,
    rooms[1]?.id,
  );
  const other = await guestAgain.client.refused(
    { type: "send_message", roomId: room, content: "something else" },
    "grace-7",
  );
  assert.equal(other.code, "idempotency_mismatch");

  // Another device, which knows nothing.
  const fresh = await Client.open(service, session, { token: grace.token });
  const welcome = await fresh.hello();
  assert.equal(welcome.resumed, false);
  const newest = welcome.snapshot?.messages.filter((message) => message.roomId === room) ?? [];
  assert.deepEqual(newest, hostAgain.client.view.messages(room).slice(-newest.length));
  assert.equal(newest.length, 50);
  const history = await readHistory(new Api(service, grace), session, room, 37);
  assert.deepEqual(history, hostAgain.client.view.messages(room));

  const snapshot = await new Api(service, ada).read<NonNullable<typeof welcome.snapshot>>(
    `sessions/${session}`,
  );
  for (const client of [hostAgain.client, guestAgain.client, fresh]) {
    await client.settle();
    client.view.assertAgrees(snapshot);
  }
  await assertArchived(service.database, session, history);
});

test("what was under way when the process died is settled by asking again", async () => {
  const { ada, session, host, guest, room } = await twoInARoom();
  const keys = Array.from({ length: 400 }, (_, index) => `burst-${index}`);
  const say = (client: Client, ids: string[]) =>
    client.send(
      ids.map((id) => ({
        type: "command",
        id,
        command: { type: "send_message", roomId: room, content: id },
      })),
    );
  const settled = new Set<string>();
  const answers = keys.map((id) =>
    host.settled(id).then(
      () => settled.add(id),
      () => undefined,
    ),
  );
  for (let from = 0; from < keys.length; from += 10) say(host, keys.slice(from, from + 10));
  await until("a part is settled", () => settled.size > 0);
  await service.kill();
  await Promise.all([...answers, host.closed, guest.closed]);
  const acknowledged = [...settled];
  const seen = guest.view.messages(room);
  await service.start();

  const { client: hostAgain } = await host.reconnect();
  const { client: guestAgain } = await guest.reconnect();
  for (let from = 0; from < keys.length; from += 50) {
    const ids = keys.slice(from, from + 50);
    const acks = ids.map((id) => hostAgain.settled(id));
    say(hostAgain, ids);
    for (const ack of await Promise.all(acks)) {
      assert.equal(ack.type, "ack");
      if (ack.type !== "ack" || !acknowledged.includes(ack.id)) continue;
      assert.equal(ack.duplicate, true, "what was acknowledged was kept");
    }
  }
  for (const client of [hostAgain, guestAgain]) {
    await until("all of it", () => client.view.messages(room).length === keys.length);
    assert.deepEqual(client.view.faults, []);
    assertWhole(client.view.messages(room), keys, "after the kill");
  }
  const history = await readHistory(new Api(service, ada), session, room, 100);
  assert.deepEqual(history.slice(0, seen.length), seen, "what was seen was kept, in its place");
  assert.deepEqual(guestAgain.view.messages(room), history);
  await assertArchived(service.database, session, history);
});
