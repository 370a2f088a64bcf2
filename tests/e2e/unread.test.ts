// What a client is sent and does not read has a bound in bytes: beyond it the connection is closed, and resumed. What
// it says about itself is not believed, and one that reads loses nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { failedHandshake } from "./support/refused-socket.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

/** As in crates/protocol/src/limits.rs. */
const UNCONFIRMED_BYTES = 8 * 1024 * 1024;
/** A message of 12 KB: three bytes a character. */
const LONG = "語".repeat(4_000);
/** What may be sent beyond a bound before it is looked at. */
const SLACK = 1024 * 1024;

const service = await startService();

/** Says so many long messages, and waits until they are acknowledged. */
async function sayMuch(client: Client, messages: number, tag = "m"): Promise<void> {
  const ids = Array.from({ length: messages }, (_, n) => `${tag}-${n}`);
  for (const id of ids) {
    const settled = client.settled(id);
    const command = { type: "send_message", roomId: "main", content: LONG } as const;
    client.send({ type: "command", id, command });
    assert.equal((await settled).type, "ack");
  }
}

async function scene() {
  const [ada, grace, mallory] = [person("Ada"), person("Grace"), person("Mallory")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  return { ada, grace, mallory, session, host };
}

test("a socket that asks for one welcome after the other and reads none is closed", async () => {
  const { session, host, mallory } = await scene();
  await sayMuch(host, 50);
  const stalled = await RawSocket.open(service, session, mallory);
  stalled.send({ type: "hello" });
  await until("she is there", () => host.view.connected.has(mallory.id));
  stalled.stall();
  // Each of half a megabyte and more; the others' talk goes on meanwhile.
  for (let asked = 0; asked < 40; asked += 1) {
    stalled.send({ type: "hello" });
    await host.settle();
  }
  await until("she is let go", () => !host.view.connected.has(mallory.id));
  stalled.readOn();
  await until("the close has come", () => stalled.closing);
  assert.deepEqual(stalled.closing, { code: 4408, reason: "too_slow" });
  const { length } = stalled.received;
  assert.ok(length > UNCONFIRMED_BYTES && length < UNCONFIRMED_BYTES + 2 * SLACK, `${length}`);
  stalled.cut();
});

test("a socket that reads nothing in a lively room is closed, whatever it says that it has received", async () => {
  const { session, host, grace, mallory } = await scene();
  const reader = await Client.join(service, session, grace);
  const liar = await RawSocket.open(service, session, mallory);
  liar.send({ type: "hello" });
  await until("she is there", () => host.view.connected.has(mallory.id));
  liar.stall();
  for (let round = 0; round < 8; round += 1) {
    await sayMuch(host, 100, `r${round}`);
    const received = { "room:main": host.view.positions["room:main"] ?? 0 };
    liar.send([
      { type: "cursor", received, read: {} },
      { type: "cursor", received, read: {}, mark: "0123456789abcdef" },
    ]);
    liar.sendText("ping");
    await host.settle();
  }
  await until("she is let go", () => !host.view.connected.has(mallory.id));
  liar.readOn();
  await until("the close has come", () => liar.closing?.code === 4408);
  assert.ok(liar.received.length < UNCONFIRMED_BYTES + SLACK, `${liar.received.length}`);
  liar.cut();
  // Who reads and confirms it stays, and has everything.
  await until("the reader has all", () => reader.view.messages("main").length === 800);
  assert.equal(reader.isClosed, false);
  assert.deepEqual(reader.view.faults, []);
});

test("a client that reads and never confirms is closed after much, resumes and loses nothing", async () => {
  const { session, host, mallory } = await scene();
  const old = await Client.join(service, session, mallory, { confirms: false });
  await sayMuch(host, 800);
  assert.deepEqual(await old.closed, { code: 4408, reason: "too_slow" });
  assert.ok(old.view.messages("main").length > 500);
  const { client: back, welcome } = await old.reconnect();
  assert.equal(welcome.resumed, true);
  await until("it has all", () => back.view.messages("main").length === 800);
  assert.deepEqual(back.view.faults, []);
});

test("an eviction does not forget what was not confirmed", async () => {
  const { session, host, mallory } = await scene();
  const old = await Client.join(service, session, mallory, { confirms: false });
  for (const half of [1, 2]) {
    await sayMuch(host, 400, `h${half}`);
    await until(`half ${half} came`, () => old.view.messages("main").length >= 400);
    await service.evict(session);
  }
  assert.equal((await old.closed).code, 4408);
});

test("many sockets of one person have one bound together, and none is opened beyond it", async () => {
  const { session, host, mallory } = await scene();
  const sockets: RawSocket[] = [];
  for (let n = 0; n < 6; n += 1) {
    const socket = await RawSocket.open(service, session, mallory);
    socket.send({ type: "hello" });
    await until(`${n + 1} are welcomed`, () => socket.received.includes('"welcome"'));
    socket.stall();
    sockets.push(socket);
  }
  // Three megabytes for each: within the bound of one, and beyond that of all.
  await sayMuch(host, 260);
  const error = await until("no further one is opened", async () => {
    await host.say("main", LONG);
    return failedHandshake(service, session, mallory);
  });
  assert.equal(error.code, "rate_limited");
  assert.ok((error.retryAfterMs ?? 0) > 0);
  for (const socket of sockets) socket.readOn();
  await until("some were closed", () => sockets.some(({ closing }) => closing?.code === 4408));
  const total = sockets.reduce((sum, { received }) => sum + received.length, 0);
  assert.ok(total < 2 * UNCONFIRMED_BYTES + 6 * SLACK, `${total}`);
  for (const socket of sockets) socket.cut();
  await until("when they are gone, she is let in", async () => {
    const back = await Client.join(service, session, mallory).catch(() => undefined);
    return back !== undefined;
  });
});

test("a resume of more bytes than may be owed is a fresh start", async () => {
  const { session, host, mallory } = await scene();
  const away = await Client.join(service, session, mallory);
  await away.close();
  await until("she is gone", () => !host.view.connected.has(mallory.id));
  await sayMuch(host, 400);
  const { client: back, welcome } = await away.reconnect();
  assert.equal(welcome.resumed, false);
  assert.equal(welcome.snapshot?.messages.length, 50);
  await host.say("main", "heard");
  await until("it goes on", () => back.view.messages("main").at(-1)?.content === "heard");
  assert.deepEqual(back.view.faults, []);
});
