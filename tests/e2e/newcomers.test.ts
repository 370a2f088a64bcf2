// Sockets that say nothing hold no place: who may not enter gets none, who says no hello loses it, and nobody is kept
// out by those who wait.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

/** The longest that a socket may be without a hello, with what may come late: 10 s, looked at every 5. */
const HELLO_BY_MS = 15_000 + 5_000;
/** As in crates/protocol/src/limits.rs. */
const SOCKETS_WITHOUT_HELLO = 2_000;

const service = await startService();

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  return { ada, grace, session, host };
}

/** Opens sockets that say nothing. */
const silent = (session: string, who: Person, count: number) =>
  Promise.all(Array.from({ length: count }, () => RawSocket.open(service, session, who)));

// Two of these wait for a clock: all run side by side.
describe("newcomers", { concurrency: true }, () => {
  test("a socket that says no hello is closed after a few seconds, and its place is free", async () => {
    const { grace, session, host } = await scene();
    const sockets = await silent(session, grace, 10);
    const opened = Date.now();
    const chatty = sockets[0];
    // Whatever else it sends, it is no hello.
    chatty?.send({ type: "typing", roomId: "main" });
    chatty?.sendText("ping");
    await refusedSocket(service, session, { token: grace.token }, 4409);
    await until(
      "all are closed",
      () => sockets.every(({ closing }) => closing?.code === 4408),
      HELLO_BY_MS,
    );
    assert.ok(Date.now() - opened >= 10_000, "not before their time");
    // None of them answers its close, and yet she is let in.
    const back = await Client.join(service, session, grace);
    await back.say("main", "in");
    await until("she is heard", () => host.view.messages("main").length === 1);
    for (const socket of sockets) socket.cut();
  });

  test("an eviction gives it no more time", async () => {
    const { grace, session, host } = await scene();
    const [socket] = await silent(session, grace, 1);
    const opened = Date.now();
    for (const words of ["one", "two", "three"]) {
      await host.say("main", words);
      await service.evict(session);
    }
    // Nothing but the alarm wakes the object.
    await until("it is closed", () => socket?.closing?.code === 4408, HELLO_BY_MS);
    assert.ok(Date.now() - opened < HELLO_BY_MS);
    socket?.cut();
  });

  test("who may not enter is refused before a place is taken", async () => {
    const { ada, grace, session, host } = await scene();
    await Client.join(service, session, grace);
    await host.command({ type: "ban_participant", participantId: grace.id });
    await host.command({ type: "update_session", locked: true });
    const stranger = person("Stranger");
    for (const [who, code] of [
      [grace, "banned"],
      [stranger, "session_locked"],
    ] as const) {
      for (let n = 0; n < 12; n += 1) {
        const error = await refusedSocket(service, session, { token: who.token }, 4403);
        assert.equal(error.code, code);
      }
    }
    await host.command({ type: "end_session" });
    const late = await refusedSocket(service, session, { token: stranger.token }, 4403);
    assert.equal(late.code, "session_ended");
    // Who was in it may still look at it.
    assert.equal((await Client.join(service, session, ada)).isClosed, false);
  });

  test("however many sockets wait, a newcomer is let in, in place of the oldest", async () => {
    const { session, host } = await scene();
    const waiting: RawSocket[] = [];
    for (let n = 0; n < SOCKETS_WITHOUT_HELLO; n += 10) {
      waiting.push(...(await silent(session, person(`P${n}`), 10)));
    }
    const newcomer = await Client.join(service, session, person("Newcomer"));
    await newcomer.say("main", "in");
    await until("it is heard", () => host.view.messages("main").length === 1);
    // Ten are opened at a time: which of the first ten is the oldest cannot be told from here.
    const oldest = waiting.slice(0, 10);
    await until("the oldest made room", () => oldest.some(({ closing }) => closing?.code === 4408));
    for (const socket of waiting) socket.cut();
  });
});
