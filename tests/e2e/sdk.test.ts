// The real SDK against the real Worker: whichever way it goes, and whatever breaks, every message is there once and in
// order, for everybody.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { deliveryOf } from "../../client/core/src/index.ts";
import { Api } from "./support/api.ts";
import { startKillableService } from "./support/killable.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Random } from "./support/random.ts";
import { Sdk } from "./support/sdk.ts";
import { person } from "./support/tokens.ts";

const service = await startKillableService({ variables: UNCOUNTED });
const open: Sdk[] = [];
after(() => {
  for (const sdk of open) sdk.session.stop();
});

/** A host and a guest in a session of their own, both connected. */
async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const id = (await new Api(service, ada).createSession()).id;
  const host = new Sdk(service, id, ada);
  await host.is("open");
  const guest = new Sdk(service, id, grace);
  await guest.is("open");
  open.push(host, guest);
  return { ada, grace, host, guest };
}

/** Both see the same, each message once, and each person's in the order in which they said it. */
async function agree(host: Sdk, guest: Sdk, expected: string[]): Promise<void> {
  for (const sdk of [host, guest]) {
    await sdk.until(`all ${expected.length} are there`, () => sdk.said.length >= expected.length);
  }
  assert.deepEqual(host.said, guest.said);
  assert.deepEqual([...host.said].sort(), [...expected].sort());
  for (const name of ["host", "guest"]) {
    const own = (list: string[]) => list.filter((content) => content.startsWith(name));
    assert.deepEqual(own(host.said), own(expected), `the ${name}'s are in order`);
  }
  for (const sdk of [host, guest]) {
    assert.deepEqual(sdk.state.pending, []);
    assert.equal(sdk.state.statistics.failed, 0);
  }
}

test("sockets that are blocked in the middle of a talk are done without, and taken back", async () => {
  const { grace, host, guest } = await scene();
  const expected: string[] = [];
  const sent: Promise<unknown>[] = [];
  const talk = (count: number, what: string) => {
    for (let index = 0; index < count; index += 1) {
      for (const [name, sdk] of [["host", host] as const, ["guest", guest] as const]) {
        const content = `${name} ${what} ${index}`;
        expected.push(content);
        sent.push(sdk.say(content));
      }
    }
  };

  talk(10, "over sockets");
  guest.block();
  talk(10, "while it is cut");
  await guest.is("fallback");
  talk(10, "over HTTP");
  await agree(host, guest, expected);
  assert.ok(host.state.connected.has(grace.id), "whoever is there over HTTP is there");

  guest.restore();
  talk(10, "while a socket is tried");
  await guest.is("open");
  talk(10, "over a socket again");
  await Promise.all(sent);
  await agree(host, guest, expected);
  assert.ok(host.state.connected.has(grace.id));

  const { snapshots, gaps, toFallback, toSocket } = guest.state.statistics;
  assert.deepEqual([snapshots, gaps, toFallback, toSocket], [1, 0, 1, 1]);
});

test("rooms are made and entered over HTTP as over a socket", async () => {
  const { ada, host, guest } = await scene();
  host.block();
  await host.is("fallback");
  const { id } = await host.session.commands.createRoom({ name: "Blue" });
  await guest.until("the room is there", ({ rooms }) => rooms.some((room) => room.id === id));
  await guest.session.commands.joinRoom(id);
  await guest.session.commands.sendMessage(id, "said before");
  await host.session.commands.joinRoom(id);
  await host.until("they are in it", ({ participants }) => participants[ada.id]?.roomId === id);
  await guest.session.commands.sendMessage(id, "said after");
  await host.until("both are there", ({ messages }) => messages[id]?.items.length === 2);
  const refused = guest.session.commands.createRoom({ name: "Red" });
  await assert.rejects(refused, { code: "forbidden", have: "participant" });
});

test("a socket that is cut again and again loses and doubles nothing", async () => {
  const { host, guest } = await scene();
  const expected: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    const said = [`host ${round}`, `guest ${round}`];
    expected.push(...said);
    const sent = [host.say(said[0] ?? ""), guest.say(said[1] ?? "")];
    (round % 2 === 0 ? host : guest).cut();
    await Promise.all(sent);
  }
  await agree(host, guest, expected);
});

test("the service is killed under one on a socket and one on HTTP, and both go on", async () => {
  const { host, guest } = await scene();
  guest.block();
  await guest.is("fallback");
  const expected: string[] = [];
  const sent: Promise<unknown>[] = [];
  const say = (name: "host" | "guest", what: string) => {
    const content = `${name} ${what}`;
    expected.push(content);
    sent.push((name === "host" ? host : guest).say(content));
  };
  for (let index = 0; index < 5; index += 1) {
    say("host", `before ${index}`);
    say("guest", `before ${index}`);
  }
  await service.kill();
  for (let index = 0; index < 5; index += 1) {
    say("host", `while it is down ${index}`);
    say("guest", `while it is down ${index}`);
  }
  await host.is("backoff");
  await service.start();
  await host.is("open");
  await guest.is("fallback");
  await Promise.all(sent);
  await agree(host, guest, expected);
  guest.restore();
  guest.wake();
  await guest.is("open");
});

test("at random: people talk while sockets are cut, blocked and restored, and the service dies", async (t) => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  t.diagnostic(`SEED=${seed}`);
  const chance = new Random(seed);
  const happens = (percent: number) => chance.below(100) < percent;
  const people = [person("Ada"), person("Grace"), person("Ben"), person("Edsger")];
  const first = people[0];
  assert.ok(first);
  const id = (await new Api(service, first).createSession()).id;
  const sdks = people.map((who) => ({ name: who.alias, sdk: new Sdk(service, id, who) }));
  open.push(...sdks.map(({ sdk }) => sdk));
  await Promise.all(sdks.map(({ sdk }) => sdk.is("open")));

  const expected: string[] = [];
  let sent: Promise<unknown>[] = [];
  for (let step = 0; step < 60; step += 1) {
    for (const { name, sdk } of sdks) {
      if (happens(15)) sdk.cut();
      if (happens(10)) sdk.isBlocked = !sdk.isBlocked;
      const content = `${name} ${step}`;
      expected.push(content);
      sent.push(sdk.say(content));
    }
    if (step === 20 || step === 45) {
      await service.kill();
      await service.start();
    }
    // Now and then everybody waits until what they said has arrived, so that faults find queues short and long.
    if (happens(30)) {
      await Promise.all(sent);
      sent = [];
    }
  }
  for (const { sdk } of sdks) {
    sdk.restore();
    sdk.wake();
  }
  await Promise.all(sent);
  for (const { sdk } of sdks) sdk.wake();
  await Promise.all(sdks.map(({ sdk }) => sdk.is("open")));

  for (const { name, sdk } of sdks) {
    await sdk.until(`${name} knows all`, () => sdk.reached === expected.length);
    const all = await sdk.everything();
    assert.deepEqual([...all].sort(), [...expected].sort(), `${name} sees each once`);
    for (const other of sdks) {
      const own = (list: string[]) => list.filter((content) => content.startsWith(other.name));
      assert.deepEqual(own(all), own(expected), `${name} sees ${other.name}'s in order`);
    }
    assert.equal(sdk.state.statistics.failed, 0);
  }
  const sum = (key: "toFallback" | "toSocket" | "resent") =>
    sdks.reduce((total, { sdk }) => total + sdk.state.statistics[key], 0);
  const [toFallback, toSocket, resent] = [sum("toFallback"), sum("toSocket"), sum("resent")];
  t.diagnostic(JSON.stringify({ messages: expected.length, toFallback, toSocket, resent }));
  assert.ok(toFallback > 0 && toSocket > 0 && resent > 0, "these were faults");
});

for (const way of ["open", "fallback"] as const) {
  test(`how far a message has come is told to who said it, where that is ${way}`, async () => {
    const { host, guest } = await scene();
    if (way === "fallback") {
      host.block();
      guest.block();
      await Promise.all([host.is(way), guest.is(way)]);
    }
    const message = await host.session.commands.sendMessage("main", "host asks");
    assert.equal(deliveryOf(host.state, message).read, 0);
    await guest.until("it is there", () => guest.said.length === 1);
    guest.session.markRead("main");
    await host.until("all have read it", (state) => deliveryOf(state, message).state === "read");
    assert.deepEqual(deliveryOf(host.state, message), {
      state: "read",
      others: 1,
      delivered: 1,
      read: 1,
    });
  });
}
