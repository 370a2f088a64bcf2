// The life of sockets: how they are opened, what they are told about themselves, how they end.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Snapshot, Ticket } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, person, renewed } from "./support/tokens.ts";
import { publicStreams } from "./support/view.ts";
import { until, untilClock } from "./support/wait.ts";

const service = await startService();

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  return { ada, grace, api, session, path: `sessions/${session}`, host };
}

// Two of these wait for a clock: all run side by side.
describe("sockets", { concurrency: true }, () => {
  test("a ticket opens one socket, and not a second", async () => {
    const { grace, session, path } = await scene();
    const api = new Api(service, grace);
    const answer = await api.post<Ticket>(`${path}/tickets`);
    assert.equal(answer.status, 201, answer.text);
    const { ticket, expiresAt } = answer.body;
    assert.ok(expiresAt > Date.now() && expiresAt <= Date.now() + 31_000);
    const client = await Client.open(service, session, { ticket });
    assert.equal((await client.hello()).self.id, grace.id);
    await client.say("main", "by ticket");
    const error = await refusedSocket(service, session, { ticket }, 4401);
    assert.equal(error.code, "ticket_invalid");
    // One for another session opens nothing here.
    const elsewhere = await scene();
    const other = await api.post<Ticket>(`sessions/${elsewhere.session}/tickets`);
    const opening = { ticket: other.body.ticket };
    assert.equal((await refusedSocket(service, session, opening, 4401)).code, "ticket_invalid");
    await (await Client.open(service, elsewhere.session, opening)).hello();
  });

  test("of many sockets at once with one ticket, one opens", async () => {
    const { grace, session, path } = await scene();
    const { ticket } = (await new Api(service, grace).post<Ticket>(`${path}/tickets`)).body;
    const first = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = await Client.open(service, session, { ticket });
        client.send({ type: "hello" });
        return client.frames.find(({ type }) => type === "welcome" || type === "nack");
      }),
    );
    const refused = first.filter((frame) => frame.type === "nack");
    assert.equal(first.length - refused.length, 1);
    for (const { error } of refused) assert.equal(error.code, "ticket_invalid");
  });

  test("a ticket survives an eviction, and expires", async () => {
    const { session, path } = await scene();
    const shortly = person("Shortly", 8);
    const ticket = async (who: { token: string }) =>
      (await new Api(service, who).post<Ticket>(`${path}/tickets`)).body;
    const late = await ticket(shortly);
    const early = await ticket(shortly);
    await service.evict(session);
    await (await Client.open(service, session, { ticket: early.ticket })).hello();
    // No ticket outlives the token that asked for it.
    assert.ok(late.expiresAt <= Date.now() + 8_000);
    await untilClock(late.expiresAt);
    const error = await refusedSocket(service, session, { ticket: late.ticket }, 4401);
    assert.equal(error.code, "ticket_invalid");
  });

  test("tickets nobody uses run out, under other names too", async () => {
    const { ada, session, path } = await scene();
    const as = (alias: string) =>
      new Api(service, { token: hs256(claims(ada.id, { alias })) }).post<Ticket>(`${path}/tickets`);
    const tickets: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      const answer = await as(`Name ${i}`);
      assert.equal(answer.status, 201, answer.text);
      tickets.push(answer.body.ticket);
    }
    const answer = await as("Another name");
    const problem = assertProblem(answer, { code: "rate_limited", status: 429 });
    assert.equal(problem.retryable, true);
    assert.equal(answer.headers.get("retry-after"), "30");
    // Somebody else has theirs, and a used one makes room.
    assert.equal((await new Api(service, person("Bo")).post(`${path}/tickets`)).status, 201);
    const client = await Client.open(service, session, { ticket: tickets[0] as string });
    assert.equal((await client.hello()).self.id, ada.id);
    assert.equal((await as("Another name")).status, 201);
  });

  test("the token comes as a subprotocol, which is not repeated", async () => {
    const { grace, session } = await scene();
    const client = await Client.open(service, session, { token: grace.token });
    assert.equal(client.protocol, "flagship.v1");
    assert.equal((await client.hello()).self.id, grace.id);
  });

  test("an eleventh socket of one person is refused", async () => {
    const { grace, session } = await scene();
    const tabs: Client[] = [];
    for (let i = 0; i < 10; i += 1) tabs.push(await Client.join(service, session, grace));
    const error = await refusedSocket(service, session, { token: grace.token }, 4409);
    assert.equal(error.code, "rate_limited");
    await tabs[0]?.close();
    await until("there is room again", async () => {
      const client = await Client.open(service, session, { token: grace.token });
      client.send({ type: "hello" });
      const frame = await client.frames.find(({ type }) => type === "welcome" || type === "nack");
      return frame.type === "welcome";
    });
  });

  test("a token that expires is told, and a new one keeps the socket open", async () => {
    const { session } = await scene();
    const shortly = person("Shortly", 2);
    const client = await Client.join(service, session, shortly);
    const told = await client.notice("token_expired");
    assert.ok(told.closesAt > Date.now() + 20_000);
    await client.say("main", "in the grace");

    // What does not hold changes nothing.
    const from = client.frames.items.length;
    client.send({ type: "auth", token: person("Somebody").token });
    const nack = await client.frames.find((frame) => frame.type === "nack", { from });
    assert.ok(nack.type === "nack" && nack.error.reason === "subject_changed");
    client.send({ type: "auth", token: "nonsense" });
    const second = await client.frames.find(
      (frame) => frame.type === "nack" && frame.error.reason === "token_malformed",
    );
    assert.equal(second.type, "nack");

    client.send({ type: "auth", token: renewed(shortly) });
    const authenticated = await client.notice("authenticated");
    assert.ok(authenticated.expiresAt > Date.now() + 3_000_000);
    await untilClock(told.closesAt);
    await client.say("main", "well after the old grace");
  });

  test("a token that expires and is not renewed closes the socket, out of memory or not", async () => {
    const { ada, session, host } = await scene();
    const [awake, asleep] = [person("Awake", 2), person("Asleep", 3)];
    const one = await Client.join(service, session, awake);
    const other = await Client.join(service, session, asleep);
    const told = await one.notice("token_expired");
    await service.evict(session);
    await other.notice("token_expired");
    await service.evict(session);
    assert.equal((await one.ended()).code, 4401);
    assert.ok(Date.now() >= told.closesAt, "not before the grace was over");
    assert.equal((await other.ended()).code, 4401);
    await until("the host is told", () => host.view.connected.size === 1);
    host.view.assertAgrees(await new Api(service, ada).read<Snapshot>(`sessions/${session}`));
  });

  test("whoever is moved is told on every tab, and misses nothing", async () => {
    const { ada, grace, session, host } = await scene();
    const tabs = [
      await Client.join(service, session, grace),
      await Client.join(service, session, grace),
    ];
    const room = (await host.command({ type: "create_room", name: "Room" })).result.room?.id ?? "";
    await host.command({ type: "update_session", chatHistory: "round" });
    await host.say(room, "said before");
    await host.command({ type: "move_participant", participantId: grace.id, roomId: room });
    await host.say(room, "said after");
    for (const tab of tabs) {
      const notice = await tab.notice("streams_changed");
      assert.deepEqual(publicStreams(notice.streams), ["room:main", `room:${room}`, "session"]);
      assert.deepEqual(
        notice.messages.map((message) => message.content),
        ["said before"],
      );
      await until("both are there", () => tab.view.messages(room).length === 2);
    }
    // One's own step is in the ack on this tab, and a notice on the other.
    const [first, second] = tabs as [Client, Client];
    const before = second.frames.items.length;
    const ack = await first.command({ type: "leave_room" });
    assert.deepEqual(publicStreams(ack.streams ?? {}), ["room:main", "session"]);
    await second.frames.find(
      (frame) => frame.type === "notice" && frame.code === "streams_changed",
      { from: before },
    );
    await host.say(room, "not for her");
    await host.say("main", "for all");
    const snapshot = await new Api(service, ada).read<Snapshot>(`sessions/${session}`);
    for (const tab of tabs) {
      await until("main goes on", () => tab.view.messages("main").length === 1);
      assert.equal(tab.view.messages(room).length, 2);
      tab.view.assertAgrees(snapshot);
    }
  });

  test("a closed room sends its people back, and they are told", async () => {
    const { grace, session, host } = await scene();
    const guest = await Client.join(service, session, grace);
    const room = (await host.command({ type: "create_room", name: "Room" })).result.room?.id ?? "";
    await guest.command({ type: "join_room", roomId: room });
    await host.command({ type: "close_room", roomId: room });
    const notice = await guest.notice("streams_changed");
    assert.deepEqual(publicStreams(notice.streams), ["room:main", "session"]);
    assert.equal(guest.view.participants.get(grace.id)?.roomId, "main");
    assert.deepEqual(guest.view.faults, []);
  });

  test("leaving answers, then closes every tab", async () => {
    const { ada, grace, session, host } = await scene();
    const tabs = [
      await Client.join(service, session, grace),
      await Client.join(service, session, grace),
    ];
    const ack = await tabs[0]?.command({ type: "leave_session" });
    assert.equal(ack?.duplicate, false);
    for (const tab of tabs) assert.deepEqual(await tab.closed, { code: 4410, reason: "left" });
    await until("the host is told", () => !host.view.connected.has(grace.id));
    host.view.assertAgrees(await new Api(service, ada).read<Snapshot>(`sessions/${session}`));
    assert.ok(!host.view.participants.has(grace.id));
    // Coming back is joining again.
    const back = await Client.join(service, session, grace);
    assert.ok(back.view.participants.has(grace.id));
  });

  test("a leave that is asked for again, after coming back, does not leave half", async () => {
    const { ada, grace, session } = await scene();
    const first = await Client.join(service, session, grace);
    // The ack is lost: she comes back, and her queue asks again.
    await first.command({ type: "leave_session" }, "leave");
    await first.closed;
    const { client } = await first.reconnect();
    assert.equal((await client.command({ type: "leave_session" }, "leave")).duplicate, true);
    const isOpen = await client.settle().then(
      () => true,
      () => false,
    );
    const { participants } = await new Api(service, ada).read<Snapshot>(`sessions/${session}`);
    const isIn = participants.some((participant) => participant.id === grace.id);
    assert.equal(isOpen, isIn, "whose socket is closed as left is not in the session");
  });

  test("a great deal at once is heard by all, and answered, once and in order", async () => {
    const { grace, session, host } = await scene();
    const guest = await Client.join(service, session, grace);
    // Together more than goes out as one text with the answers.
    const said = Array.from({ length: 40 }, (_, n) => `${n} ${"x".repeat(3_500)}`);
    const ids = said.map((_, n) => `much-${n}`);
    const answers = ids.map((id) => host.settled(id));
    const command = (content: string) =>
      ({ type: "send_message", roomId: "main", content }) as const;
    host.send(
      said.map((content, n) => ({ type: "command", id: `much-${n}`, command: command(content) })),
    );
    const settled = await Promise.all(answers);
    assert.deepEqual(
      settled.map((answer) => (answer.type === "ack" ? answer.result.message?.content : answer)),
      said,
    );
    for (const { frames, view } of [host, guest]) {
      const heard = () =>
        view.events.flatMap((event) =>
          event.type === "message_created" ? [event.message.content] : [],
        );
      await frames.find(() => heard().length >= said.length);
      assert.deepEqual(heard(), said);
    }
    const acks = host.frames.items.flatMap((frame) => (frame.type === "ack" ? [frame.id] : []));
    assert.deepEqual(acks, ids);
  });

  test("a close is answered with a normal code, whatever its own is", async () => {
    const { grace, session, host } = await scene();
    for (const code of [1000, 1001, 4999, undefined]) {
      const socket = await RawSocket.open(service, session, grace);
      socket.send({ type: "hello" });
      await until("she is there", () => host.view.connected.has(grace.id));
      socket.close(code);
      await socket.ended;
      assert.deepEqual(socket.closing, { code: 1000, reason: "closed" }, `to ${code}`);
      await until("she is gone", () => !host.view.connected.has(grace.id));
    }
  });

  test("what somebody types is shown to those in the room alone, and kept nowhere", async () => {
    const { grace, session, host } = await scene();
    const guest = await Client.join(service, session, grace);
    const room = (await host.command({ type: "create_room", name: "Room" })).result.room?.id ?? "";
    const watcher = await Client.join(service, session, person("Alan"));
    await host.command({ type: "join_room", roomId: room });
    await guest.command({ type: "join_room", roomId: room });
    guest.send({ type: "typing", roomId: room });
    const typing = await host.frames.find((frame) => frame.type === "typing");
    assert.deepEqual(typing, { type: "typing", roomId: room, participantId: grace.id });
    guest.send({ type: "typing", roomId: "main" });
    const inMain = await watcher.frames.find((frame) => frame.type === "typing");
    assert.equal(inMain.type === "typing" && inMain.roomId, "main", "the other was not for them");
  });
});
