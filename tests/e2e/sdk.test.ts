// The real SDK against the real Worker: whichever way it goes, and whatever breaks, every message is there once and in
// order, for everybody.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { deliveryOf } from "../../client/core/src/index.ts";
import {
  flagshipBreakoutService,
  flagshipMessageService,
  offerClient,
} from "../../client/core/src/services/index.ts";
import { Api } from "./support/api.ts";
import { startKillableService } from "./support/killable.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Random } from "./support/random.ts";
import { Sdk } from "./support/sdk.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

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

/** Every way to the service, and each in turn, changed while a call is under way. */
const WAYS = ["by sockets", "by requests", "by one after the other"] as const;
type Way = (typeof WAYS)[number];

/** Lets these clients go by some way. Gives what changes it, where that is to be. */
async function go(way: Way, ...sdks: Sdk[]): Promise<() => void> {
  if (way === "by requests") {
    for (const sdk of sdks) sdk.block();
    await Promise.all(sdks.map((sdk) => sdk.is("fallback")));
  }
  return () => {
    for (const sdk of way === "by one after the other" ? sdks : []) {
      if (sdk.isBlocked) {
        sdk.restore();
        sdk.wake();
      } else {
        sdk.block();
      }
    }
  };
}

for (const way of WAYS) {
  test(`a message goes to the room that its writer has made and joined, ${way}`, async () => {
    const { host } = await scene();
    const { id: session } = host.session;
    const takeBack = offerClient(host.client);
    // What a service lets go of is still connected.
    const release = host.session.hold();
    try {
      const change = await go(way, host);
      for (let number = 0; number < 10; number += 1) {
        const name = `Room ${number}`;
        const made = flagshipBreakoutService.createBreakoutRoom(session, { name });
        change();
        const { id } = await made;
        const listed = await flagshipBreakoutService.list(session);
        assert.ok(
          listed.some((room) => room.id === id),
          `${name} is listed as soon as it is made`,
        );
        const joined = flagshipBreakoutService.join(session, id);
        if (number % 2 === 1) change();
        await joined;
        const message = await flagshipMessageService.sendMessage(session, `for ${name}`);
        assert.equal(message.roomId, id, `what is for ${name} goes there`);
        assert.deepEqual(
          host.state.messages[id]?.items.map(({ content }) => content),
          [`for ${name}`],
        );
      }
      // Not waited for: what is asked for in order happens in order.
      const [first = "", second = ""] = host.state.rooms.map(({ id }) => id);
      const sent = [
        flagshipBreakoutService.join(session, first),
        flagshipMessageService.sendMessage(session, "in the first"),
        flagshipBreakoutService.join(session, second),
        flagshipMessageService.sendMessage(session, "in the second"),
        flagshipBreakoutService.leave(session),
        flagshipMessageService.sendMessage(session, "in main"),
      ] as const;
      change();
      await Promise.all(sent);
      assert.equal((await sent[1]).roomId, first);
      assert.equal((await sent[3]).roomId, second);
      assert.equal((await sent[5]).roomId, "main");
      assert.deepEqual(await host.everything(), ["in main"]);
      const { failed, toFallback, toSocket } = host.state.statistics;
      assert.equal(failed, 0);
      if (way === "by one after the other") assert.ok(toFallback > 0 && toSocket > 0, "both ways");
    } finally {
      release();
      takeBack();
    }
  });

  test(`what a command brought about is in the state before its promise settles, ${way}`, async () => {
    const { ada, grace, host, guest } = await scene();
    const change = await go(way, host, guest);
    const { commands } = host.session;
    const place = (who: string) => host.state.participants[who]?.roomId;
    const room = (id: string) => host.state.rooms.find((it) => it.id === id);
    const [one] = await commands.createRooms([{ name: "One" }, { name: "Two" }]);
    const id = one?.id ?? "";
    assert.equal(host.state.rooms.length, 2);
    change();
    await commands.openRooms();
    assert.equal(room(id)?.state, "open");
    await commands.assign([{ participantId: grace.id, roomId: id }]);
    assert.equal(place(grace.id), id);
    change();
    await commands.joinRoom(id);
    assert.equal(place(ada.id), id);
    // Nothing to be done is done at once.
    const asked = Date.now();
    await commands.joinRoom(id);
    assert.ok(Date.now() - asked < 10_000);
    await commands.updateRoom(id, { name: "Renamed" });
    assert.equal(room(id)?.name, "Renamed");
    change();
    await commands.recallRooms();
    assert.deepEqual([place(ada.id), place(grace.id)], ["main", "main"]);
    await commands.deleteRoom(id);
    assert.equal(room(id), undefined);
    await commands.setRole(grace.id, "moderator");
    assert.equal(host.state.participants[grace.id]?.role, "moderator");
    const { id: said } = await commands.sendMessage("main", "hello");
    change();
    await commands.editMessage(said, "hi");
    assert.deepEqual(host.said, ["hi"]);
    assert.deepEqual(host.state.unsettled, []);
  });

  test(`what is written offline goes to its room although its writer is moved, ${way}`, async () => {
    const { grace, host, guest } = await scene();
    await go(way, guest);
    const { id: blue } = await host.session.commands.createRoom({ name: "Blue" });
    const { id: red } = await host.session.commands.createRoom({ name: "Red" });
    await guest.session.commands.joinRoom(blue);
    guest.offline();
    const written = guest.session.commands.sendMessage(blue, "for Blue");
    await host.session.commands.moveParticipant(grace.id, red);
    await host.session.commands.joinRoom(blue);
    guest.online();
    assert.equal((await written).roomId, blue);
    await host.until("it is there", ({ messages }) => messages[blue]?.items.length === 1);

    await host.session.commands.moveParticipant(grace.id, blue);
    await guest.until("they are back", (state) => state.participants[grace.id]?.roomId === blue);
    guest.offline();
    const late = guest.session.commands.sendMessage(blue, "too late");
    await host.session.commands.closeRoom(blue);
    guest.online();
    await assert.rejects(late, { code: "room_closed" });
    const unsent = guest.state.pending.map(({ roomId, state }) => [roomId, state]);
    assert.deepEqual(unsent, [[blue, "failed"]]);
  });

  test(`an announcement is read by whom it was put before, and nothing else is, ${way}`, async () => {
    const { host, guest } = await scene();
    const { id: blue } = await host.session.commands.createRoom({ name: "Blue" });
    await guest.session.commands.joinRoom(blue);
    const change = await go(way, host, guest);
    const before = await host.session.commands.sendMessage("main", "said before");
    const toAll = await host.session.commands.broadcast("Five minutes left");
    const toBlue = await host.session.commands.broadcast("Blue, hurry", [blue]);
    await guest.until("both are there", ({ messages }) =>
      ["main", blue].every((room) => messages[room]?.items.some(({ broadcast }) => broadcast)),
    );
    assert.equal(deliveryOf(host.state, toAll).read, 0);
    guest.session.markAnnounced(toAll);
    guest.session.markAnnounced(toBlue);
    change();
    await host.until("it is read", (state) => deliveryOf(state, toAll).read === 1);
    assert.deepEqual(deliveryOf(host.state, toAll), {
      ...{ state: "read", others: 1, delivered: 1, read: 1 },
    });
    assert.equal(deliveryOf(host.state, before).read, 0);
    await until("it is read in Blue", async () => {
      await host.session.loadReceipts(blue);
      return deliveryOf(host.state, toBlue).read === 1;
    });
  });
}

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
