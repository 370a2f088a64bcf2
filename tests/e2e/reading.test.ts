// What one person has read is so on all their devices; who wrote to one person alone learns what became of it; and
// writing is seen, whichever way people are connected.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type {
  DirectMessage,
  Receipts,
  ServerFrame,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

const service = await startService();
const main = "room:main";

async function scene() {
  const [ada, grace, linus] = [person("Ada"), person("Grace"), person("Linus")];
  const api = new Api(service, ada);
  const session = (await api.createSession("Reading")).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  for (const content of ["one", "two", "three"]) await host.say("main", content);
  const tell = async (content: string): Promise<DirectMessage> => {
    const command = { type: "send_direct_message", participantId: grace.id, content } as const;
    return (await host.command(command)).result.directMessage as DirectMessage;
  };
  return { ada, grace, linus, api, session, host, guest, tell };
}

const isRead = (frame: ServerFrame) => frame.type === "read";
const read = (positions: Record<string, number>) =>
  ({ type: "cursor", received: {}, read: positions }) as const;
/** The number in the id of a message. */
const place = ({ id }: DirectMessage) => Number(id.slice(1));
/** What a newcomer of this person is told that they have read. */
const known = async (session: string, who: Parameters<typeof Client.join>[2]) => {
  const client = await Client.join(service, session, who);
  const [welcome] = client.frames.items;
  await client.close();
  return welcome?.type === "welcome" ? (welcome.read ?? {}) : undefined;
};

describe("what one has read", () => {
  test("is told to one's other devices, and to nobody else, and not back", async () => {
    const { ada, grace, session, host, guest, tell } = await scene();
    const message = await tell("between us");
    const direct = `participant:${ada.id}`;
    const second = await Client.join(service, session, grace);
    const poller = new Poller(service, session, grace);
    await poller.poll();
    guest.send(read({ [main]: 2 }));
    guest.send(read({ [direct]: place(message) }));
    const expected = { type: "read", read: { [main]: 2, [direct]: place(message) } };
    assert.deepEqual(await second.frames.find(isRead), expected);
    await poller.poll();
    assert.deepEqual(poller.frames.items.filter(isRead).at(-1), expected);
    await second.settle();
    await guest.settle();
    await host.settle();
    assert.equal(guest.frames.items.filter(isRead).length, 0, "who said so knows it");
    assert.equal(host.frames.items.filter(isRead).length, 0);
    assert.equal(second.frames.items.filter(isRead).length, 1, "gathered, and once");
  });

  test("is known after a reload, a sleep, and whichever tab closes first; and never goes back", async () => {
    const { ada, grace, session, host, guest, tell } = await scene();
    const message = await tell("between us");
    const positions = { [main]: 2, [`participant:${ada.id}`]: place(message) };
    const second = await Client.join(service, session, grace);
    second.send(read(positions));
    await second.settle();
    assert.deepEqual(await known(session, grace), positions);
    guest.send(read({ [main]: 1 }));
    await guest.settle();
    // What it knew, the other one's socket keeps through a sleep.
    await second.close();
    await host.settle();
    await service.evict(session);
    assert.deepEqual(await known(session, grace), positions);
    await guest.close();
    await host.settle();
    await service.evict(session);
    assert.deepEqual(await known(session, grace), positions);
    assert.deepEqual(await known(session, ada), {});
  });

  test("over HTTP is told over a socket, and costs a row only when one goes", async () => {
    const { grace, session, guest } = await scene();
    const http = new Api(service, grace);
    const moved = await http.post(`sessions/${session}/cursors`, {
      received: {},
      read: { [main]: 3 },
    });
    assert.equal(moved.status, 204, moved.text);
    const told = await guest.frames.find(isRead);
    assert.deepEqual(told, { type: "read", read: { [main]: 3 } });
    await service.evict(session);
    assert.deepEqual(await known(session, grace), { [main]: 3 });
  });
});

describe("a direct message", () => {
  test("is delivered and read, as its sender is told, and only they", async () => {
    const { ada, grace, linus, api, session, host, guest, tell } = await scene();
    const [first, last] = [await tell("one"), await tell("two")];
    const third = await Client.join(service, session, linus);
    const stream = `participant:${grace.id}`;
    const of = (positions: Receipts["received"], seen: Receipts["read"]) => ({
      type: "receipts",
      stream,
      members: 2,
      received: positions,
      read: seen,
    });
    const isOf = (count: number) => (frame: ServerFrame) =>
      frame.type === "receipts" && frame.stream === stream && frame.read.length === count;
    const direct = `participant:${ada.id}`;
    guest.send({ type: "cursor", received: { [direct]: place(last) }, read: {} });
    assert.deepEqual(await host.frames.find(isOf(0)), of([[place(last), 1]], []));
    guest.send(read({ [direct]: place(first) }));
    assert.deepEqual(await host.frames.find(isOf(1)), of([[place(last), 1]], [[place(first), 1]]));
    const path = `sessions/${session}/receipts?with=${encodeURIComponent(grace.id)}`;
    const asked = await api.read<Receipts>(path);
    assert.deepEqual({ type: "receipts", ...asked }, of([[place(last), 1]], [[place(first), 1]]));
    // Nobody else learns of it, and nobody moves what is between others.
    third.send(read({ [`participant:${grace.id}`]: 1_000_000, "participant:nobody": 7 }));
    await third.settle();
    assert.deepEqual(await known(session, linus), {});
    const theirs = await new Api(service, linus).read<Receipts>(path);
    assert.deepEqual([theirs.received, theirs.read], [[], []]);
    assert.ok(!third.frames.items.some((frame) => frame.type === "receipts"));
    assertProblem(await api.get(`sessions/${session}/receipts?with=nobody`), {
      code: "participant_not_found",
    });
  });
});

describe("writing", () => {
  test("over HTTP is seen over a socket and over HTTP, by those whom it is for", async () => {
    const { ada, grace, linus, session, host, guest } = await scene();
    const poller = new Poller(service, session, linus);
    await poller.poll();
    poller.start();
    const http = new Api(service, grace);
    const say = (body: unknown) => http.post(`sessions/${session}/typing`, body);
    assert.equal((await say({ roomId: "main" })).status, 204);
    const notice = { type: "typing", roomId: "main", participantId: grace.id };
    assert.deepEqual(await host.frames.find((frame) => frame.type === "typing"), notice);
    assert.deepEqual(await poller.frames.find((frame) => frame.type === "typing"), notice);
    assert.equal((await say({ participantId: ada.id })).status, 204);
    assert.deepEqual(await host.frames.find((frame) => frame.type === "direct_typing"), {
      type: "direct_typing",
      participantId: grace.id,
    });
    assertProblem(await say({ participantId: linus.id }), { code: "forbidden", status: 403 });
    assertProblem(await say({}), { code: "invalid", field: "roomId" });
    const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id;
    assertProblem(await say({ roomId: room }), { code: "not_in_room" });
    guest.send({ type: "typing", participantId: linus.id });
    await guest.settle();
    host.send({ type: "typing", participantId: grace.id });
    await guest.frames.find((frame) => frame.type === "direct_typing");
    await host.say("main", "and now?");
    await poller.frames.find((frame) => frame.type === "events" && frame.stream === main);
    await poller.stop();
    assert.ok(!poller.frames.items.some((frame) => frame.type === "direct_typing"));
  });

  test("is told once to who asks again and again, and not to who writes", async () => {
    const { grace, linus, session, guest } = await scene();
    const pollers = [new Poller(service, session, grace), new Poller(service, session, linus)];
    for (const poller of pollers) {
      await poller.poll();
      poller.start();
    }
    guest.send({ type: "typing", roomId: "main" });
    await pollers[1]?.frames.find((frame) => frame.type === "typing");
    await guest.say("main", "said");
    const told: number[] = [];
    for (const poller of pollers) {
      await poller.frames.find((frame) => frame.type === "events" && frame.stream === main);
      await poller.stop();
      told.push(poller.frames.items.filter((frame) => frame.type === "typing").length);
    }
    assert.deepEqual(told, [0, 1]);
  });
});
