// Who counts as connected without a socket: whoever asks, until they have not asked for a while.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { Streamer } from "./support/streamer.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

/** A lease, another after a sleep, and some time for the machine. */
const LEASE_MS = 15_000 + 8_000 + 15_000;

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  return { ada, grace, session, host };
}

const connected = async (ada: Person, session: string) =>
  (await new Api(service, ada).read<Snapshot>(`sessions/${session}`)).connected;

/** How often a client was told that somebody went. */
const goings = (client: Client, who: Person) =>
  client.frames.items.filter(
    (frame) => frame.type === "presence" && frame.disconnected.includes(who.id),
  ).length;

const isAway = (client: Client, who: Person) =>
  client.frames.find((frame) => frame.type === "presence" && frame.disconnected.includes(who.id), {
    ms: LEASE_MS,
  });

// One of these waits for more than a lease: all run side by side.
describe("presence", { concurrency: true }, () => {
  test("whoever polls is there, and is gone when they stop, also if the object slept", async () => {
    const { ada, grace, session, host } = await scene();
    const poller = new Poller(service, session, grace);
    await poller.poll();
    assert.ok(poller.view.connected.has(grace.id), "they see themselves");
    await until("the host is told", () => host.view.connected.has(grace.id));
    assert.deepEqual(await connected(ada, session), [ada.id, grace.id].sort());
    assert.equal(goings(host, grace), 0);

    await service.evict(session);
    assert.deepEqual(await connected(ada, session), [ada.id, grace.id].sort(), "after a sleep too");
    await isAway(host, grace);
    assert.deepEqual(await connected(ada, session), [ada.id]);
    await service.evict(session);
    assert.deepEqual(await connected(ada, session), [ada.id], "and stays gone");
    host.view.assertAgrees(await new Api(service, ada).read<Snapshot>(`sessions/${session}`));
  });

  test("whoever streams is there for longer than a lease, and is told of others", async () => {
    const { ada, grace, session, host } = await scene();
    const streamer = await Streamer.open(service, session, grace);
    const alan = person("Alan");
    const other = await Client.join(service, session, alan);
    await until("the stream tells", () => streamer.view.connected.has(alan.id));
    await other.close();
    await until("that he went, too", () => !streamer.view.connected.has(alan.id));
    // The second comment is later than a lease without a renewal.
    await streamer.comments.find(() => true, { ms: LEASE_MS });
    await streamer.comments.find(() => true, { from: 1, ms: LEASE_MS });
    assert.equal(goings(host, grace), 0);
    assert.deepEqual(await connected(ada, session), [ada.id, grace.id].sort());
    await streamer.stop();
  });

  test("from polls to a socket and back, nobody sees a person go", async () => {
    const { grace, session, host } = await scene();
    const poller = new Poller(service, session, grace);
    await poller.poll();
    poller.start();
    const socket = await Client.join(service, session, grace);
    await socket.settle();
    await poller.stop();
    await socket.close();
    poller.start();
    await host.settle();
    assert.equal(goings(host, grace), 0);
    const comings = host.frames.items.filter(
      (frame) => frame.type === "presence" && frame.connected.includes(grace.id),
    );
    assert.equal(comings.length, 1);
    await poller.stop();
  });

  test("whoever leaves the session is gone at once", async () => {
    const { grace, session, host } = await scene();
    const poller = new Poller(service, session, grace);
    await poller.poll();
    const api = new Api(service, grace);
    const left = await api.post(`sessions/${session}/commands`, {
      command: { type: "leave_session" },
    });
    assert.equal(left.status, 200, left.text);
    await until("the host is told", () => !host.view.connected.has(grace.id), 5_000);
    await host.settle();
  });
});
