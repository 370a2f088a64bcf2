// The object is taken out of memory while its sockets stay open: nobody may notice.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { MessageBody, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertArchived, assertWhole } from "./support/history.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();
/** One whose alarm does not ring during a test, so that nothing but the test wakes an object. */
const quiet = await startService({ variables: { ARCHIVE_INTERVAL_MS: "3600000" } });

async function scene(on = service) {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(on, ada).createSession()).id;
  const host = await Client.join(on, session, ada);
  const guest = await Client.join(on, session, grace);
  const created = await host.command({ type: "create_room", name: "Room" }, "create");
  const room = created.result.room?.id as string;
  await guest.command({ type: "join_room", roomId: room });
  return { ada, grace, session, host, guest, room };
}

const snapshotOf = (who: { token: string }, session: string) =>
  new Api(service, who).read<Snapshot>(`sessions/${session}`);

/** How often the object has come back into memory so far. */
async function restores(session: string, on = service): Promise<number> {
  // The log comes over a pipe: what was written before this request is there once its line is.
  const mark = randomUUID();
  await new Api(on).get("openapi.json", { headers: { "x-request-id": mark } });
  await on.log.find((line) => line.requestId === mark);
  return on.log.items.filter(
    (line) => line.message === "session restored" && line.sessionId === session,
  ).length;
}

test("the next message after an eviction works, and the state is whole", async () => {
  const { ada, session, host, guest, room } = await scene();
  await host.say(room, "before", "one");
  const before = await snapshotOf(ada, session);
  assert.equal(await restores(session), 0);
  await service.evict(session);
  assert.deepEqual(await snapshotOf(ada, session), before, "rooms, people and who is connected");
  assert.equal(await restores(session), 1, "it had been out of memory");

  await service.evict(session);
  const ack = await host.say(room, "after", "two");
  assert.equal(ack.duplicate, false);
  assert.equal(ack.result.message?.seq, 2, "the stream goes on");
  await until("the guest hears it", () => guest.view.messages(room).length === 2);
  for (const client of [host, guest]) client.view.assertAgrees(await snapshotOf(ada, session));
});

test("a repeated command is known after an eviction, whatever it was", async () => {
  const { grace, session, host, guest, room } = await scene();
  const said = await guest.say(room, "once", "said");
  await service.evict(session);
  const again = await guest.say(room, "once", "said");
  assert.equal(again.duplicate, true);
  assert.deepEqual({ ...again, duplicate: false }, said);
  await service.evict(session);
  const created = await host.command({ type: "create_room", name: "Room" }, "create");
  assert.deepEqual([created.duplicate, created.result.room?.id], [true, room]);
  await service.evict(session);
  const command = { type: "send_message", roomId: room, content: "other" } as const;
  assert.equal((await guest.refused(command, "said")).code, "idempotency_mismatch");
  // Over the other way in, the same key is the same command.
  await service.evict(session);
  const path = `sessions/${session}/messages`;
  const posted = await new Api(service, grace).post<MessageBody>(
    path,
    { roomId: room, content: "once" },
    { key: "said" },
  );
  assert.deepEqual([posted.status, posted.headers.get("idempotency-replayed")], [201, "true"]);
  assert.deepEqual(posted.body.message, said.result.message);
});

test("a long conversation with evictions in its midst", async () => {
  const { ada, session, host, guest, room } = await scene();
  await host.command({ type: "join_room", roomId: room });
  const keys: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const acks: Promise<unknown>[] = [];
    for (let i = 0; i < 40; i += 1) {
      for (const [name, client] of [["ada", host] as const, ["grace", guest] as const]) {
        const key = `${name}-${round}-${i}`;
        keys.push(key);
        acks.push(client.say(room, key, key), client.say(room, key, key));
      }
      // With messages under way, and more to follow.
      if (i === 20) await service.evict(session);
    }
    await Promise.all(acks);
  }
  const back = await restores(session);
  assert.ok(back >= 8, `${back} restores`);
  for (const client of [host, guest]) {
    await until("all of it", () => client.view.messages(room).length === keys.length);
    assertWhole(client.view.messages(room), keys, "after evictions");
    client.view.assertAgrees(await snapshotOf(ada, session));
  }
  assert.deepEqual(host.view.messages(room), guest.view.messages(room));
  await assertArchived(service.database, session, host.view.messages(room));
});

test("presence is right after an eviction, also if what wakes the object is a close", async () => {
  const { ada, grace, session, host, guest } = await scene();
  const secondTab = await Client.join(service, session, grace);
  await host.settle();
  assert.deepEqual(host.view.connected, new Set([ada.id, grace.id]));

  await service.evict(session);
  await secondTab.close();
  await host.settle();
  assert.ok(host.view.connected.has(grace.id), "she has another tab");
  assert.deepEqual((await snapshotOf(ada, session)).connected, [ada.id, grace.id].sort());

  await service.evict(session);
  await guest.close();
  await until("the host is told", () => !host.view.connected.has(grace.id));
  const snapshot = await snapshotOf(ada, session);
  assert.deepEqual(snapshot.connected, [ada.id]);
  assert.equal(snapshot.participants.length, 2, "she is still in the session");

  await service.evict(session);
  const { welcome } = await guest.reconnect();
  assert.equal(welcome.resumed, true);
  await until("the host is told again", () => host.view.connected.has(grace.id));
  host.view.assertAgrees(await snapshotOf(ada, session));
});

test("a ping is answered without waking the object", async () => {
  const { session, host, guest } = await scene(quiet);
  for (const client of [host, guest]) {
    client.sendRaw("ping");
    await client.texts.find((text) => text === "pong");
  }
  await quiet.evict(session);
  const before = await restores(session, quiet);
  for (const client of [host, guest]) {
    client.sendRaw("ping");
    await until("a second pong", () => client.texts.items.length === 2);
    assert.deepEqual(client.texts.items, ["pong", "pong"]);
  }
  assert.equal(await restores(session, quiet), before);
});

test("a socket that was opened but has said nothing survives an eviction", async () => {
  const { grace, session } = await scene();
  const silent = await Client.open(service, session, { token: grace.token });
  await service.evict(session);
  const welcome = await silent.hello();
  assert.equal(welcome.self.id, grace.id);
  await silent.say("main", "here now");
});

test("a waiting poll survives an eviction", async () => {
  const { ada, grace, session } = await scene();
  const listener = new Poller(service, session, grace);
  await listener.poll();
  const waiting = listener.poll();
  await service.evict(session);
  await new Api(service, ada).post(`sessions/${session}/messages`, {
    roomId: "main",
    content: "still there?",
  });
  await waiting;
  await until("it is heard", async () => {
    if (listener.view.messages("main").length === 0) await listener.poll();
    return listener.view.messages("main")[0]?.content === "still there?";
  });
});
