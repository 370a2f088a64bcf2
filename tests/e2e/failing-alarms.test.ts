// A write of the object's storage fails while its alarm rings: what was to happen happens a little later, everybody
// is told of it, and nothing is shown that the journal does not hold.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Failures, failingFront } from "./support/failing.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const variables = { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "600000" };
const service = await startService({ front: failingFront, variables });
const failures = new Failures(service);

/** As in limits.rs. */
const SNAPSHOT_INTERVAL = 256;

/** Fills the journal up to a position, with commands that change nothing. */
async function reach(client: Client, rev: number): Promise<void> {
  const add = async () => (await client.command({ type: "raise_hand", raised: false })).rev;
  while ((await add()) < rev);
}

/** More writes than an alarm has. */
const MOST_WRITES = 12;

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession("Alarm")).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  return { ada, grace, session, host, guest };
}

const read = (who: Person, session: string) =>
  new Api(service, who).read<Snapshot>(`sessions/${session}`);

/** What connected people see is what is true, before and after an eviction, and so is what happens next. */
async function assertWhole(session: string, ada: Person, clients: Client[]): Promise<void> {
  const shown = await read(ada, session);
  await service.evict(session);
  assert.deepEqual(await read(ada, session), shown, "memory is what the journal holds");
  for (const client of clients) {
    assert.ok(!client.isClosed, "nobody is put out by it");
    await client.settle();
    client.view.assertAgrees(shown);
  }
  const [first] = clients;
  await first?.say("main", "after");
  for (const client of clients) {
    await until("everybody hears what comes next", () =>
      client.view.messages("main").some(({ content }) => content === "after"),
    );
    assert.deepEqual(client.view.faults, []);
  }
}

test("a room whose timer ends closes for everybody, whichever write fails", async (t) => {
  let wasMet = true;
  for (let write = 1; wasMet && write < MOST_WRITES; write += 1) {
    await t.test(`write ${write} fails`, async () => {
      const { ada, grace, session, host, guest } = await scene();
      await host.command({ type: "update_session", countdownMs: 0 });
      const created = await host.command({ type: "create_room", name: "One" });
      const room = created.result.room?.id as string;
      await host.command({ type: "move_participant", participantId: grace.id, roomId: room });
      // The alarm's entry is the one that a snapshot comes with.
      await reach(host, SNAPSHOT_INTERVAL - 2);
      await host.command({ type: "set_timer", roomIds: [room], durationMs: 1000 });
      await failures.fail(write);
      const closed = (client: Client) => client.view.rooms.get(room)?.state === "closed";
      await until("everybody is told", () => closed(host));
      // A connection that was moved by what was written, and could not be told where it is, comes again.
      await until("or comes again", () => closed(guest) || guest.isClosed);
      const late = guest.isClosed ? (await guest.reconnect()).client : guest;
      await until("and is told then", () => closed(late));
      wasMet = (await failures.left()) === 0;
      await failures.stop();
      assert.equal(host.view.participants.get(grace.id)?.roomId, "main");
      await assertWhole(session, ada, [host, late]);
      await Promise.all([host.close(), late.close()]);
    });
    if (!wasMet) assert.equal(write, 5, "the entry's, and three of a snapshot");
  }
  assert.ok(!wasMet);
});

test("storage that fails again and again is tried until it works", async () => {
  const { ada, session, host, guest } = await scene();
  await host.command({ type: "update_session", countdownMs: 0 });
  const created = await host.command({ type: "create_room", name: "One" });
  const room = created.result.room?.id as string;
  await host.command({ type: "set_timer", roomIds: [room], durationMs: 1000 });
  // Nothing else calls: it is the alarm that tries again.
  await failures.fail(1, { times: 3 });
  for (const client of [host, guest]) {
    await until("everybody is told", () => client.view.rooms.get(room)?.state === "closed");
  }
  await failures.stop();
  await assertWhole(session, ada, [host, guest]);
  await Promise.all([host.close(), guest.close()]);
});

test("a session that cannot be restored when the alarm rings is restored by the next", async () => {
  const { ada, session, host, guest } = await scene();
  await host.command({ type: "update_session", countdownMs: 0 });
  const created = await host.command({ type: "create_room", name: "One" });
  const room = created.result.room?.id as string;
  await host.command({ type: "set_timer", roomIds: [room], durationMs: 1000 });
  await service.evict(session);
  await failures.fail(1, { of: "SELECT state FROM snapshot", times: 2 });
  for (const client of [host, guest]) {
    await until("everybody is told", () => client.view.rooms.get(room)?.state === "closed");
  }
  assert.equal(await failures.left(), 0);
  await failures.stop();
  await assertWhole(session, ada, [host, guest]);
  await Promise.all([host.close(), guest.close()]);
});

test("what a command set a timer for happens, also if its turn failed after it was written", async () => {
  const { ada, session, host, guest } = await scene();
  await host.command({ type: "update_session", countdownMs: 0 });
  const created = await host.command({ type: "create_room", name: "One" });
  const room = created.result.room?.id as string;
  // The command that sets the timer is the one that a snapshot comes with.
  await reach(host, SNAPSHOT_INTERVAL - 1);
  await failures.fail(1, { of: "DELETE FROM snapshot" });
  const set: Command = { type: "set_timer", roomIds: [room], durationMs: 1000 };
  host.send({ type: "command", id: "t", command: set });
  await host.closed;
  assert.equal(await failures.left(), 0);
  // Its client does not come back: the alarm finds out by itself what is due.
  await until("the others are told", () => guest.view.rooms.get(room)?.state === "closed");
  await assertWhole(session, ada, [guest]);
  await guest.close();
});

test("people whose leases end are told to be gone, whichever write fails", async (t) => {
  let wasMet = true;
  for (let write = 1; wasMet && write < MOST_WRITES; write += 1) {
    await t.test(`write ${write} fails`, async () => {
      const { ada, session, host, guest } = await scene();
      const people = [person("Alan"), person("Ken")];
      for (const who of people) {
        await new Poller(service, session, who).poll();
        await until("they are there", () => host.view.connected.has(who.id));
      }
      await failures.fail(write, { of: "DELETE FROM listeners" });
      // In one turn, so that both leases end with the next alarm.
      const frames = people.map((who) => ({
        type: "command" as const,
        id: who.id,
        command: { type: "remove_participant" as const, participantId: who.id },
      }));
      host.send(frames);
      for (const who of people) {
        const away = () => !host.view.connected.has(who.id) && !guest.view.connected.has(who.id);
        await until("everybody is told", away, LEASE_MS);
      }
      wasMet = (await failures.left()) === 0;
      await failures.stop();
      await assertWhole(session, ada, [host, guest]);
      await Promise.all([host.close(), guest.close()]);
    });
    if (!wasMet) assert.equal(write, 3, "there is a write for each");
  }
  assert.ok(!wasMet);
});

/** A short lease after a wake, and some time for the machine. */
const LEASE_MS = 8_000 + 15_000;

test("a batch that the archive took and the journal could not note is not missed, and not doubled", async () => {
  const quick = await startService({
    front: failingFront,
    variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "50" },
  });
  const failing = new Failures(quick);
  const ada = person("Ada");
  const session = (await new Api(quick, ada).createSession("Archive")).id;
  const host = await Client.join(quick, session, ada);
  for (const write of [1, 2]) {
    await failing.fail(1, { of: "INSERT INTO archive", times: write });
    await host.say("main", `said ${write}`);
    await until("it failed", async () => (await failing.left()) === 0);
    await host.say("main", `then ${write}`);
    await until("all is archived", async () => (await quick.database.count(session)) === 2 * write);
  }
  const contents = (await quick.database.messages(session)).map(({ content }) => content);
  assert.deepEqual(contents, ["said 1", "then 1", "said 2", "then 2"]);
  await host.settle();
  host.view.assertAgrees(await new Api(quick, ada).read<Snapshot>(`sessions/${session}`));
  await host.close();
});
