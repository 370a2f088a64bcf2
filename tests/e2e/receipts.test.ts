// Receipts: how far everybody has got, from cumulative positions, however they are connected.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Receipts, ServerFrame } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

const service = await startService();
const stream = "room:main";

async function talk() {
  const [ada, grace, ben] = [person("Ada"), person("Grace"), person("Ben")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const read = () => api.read<Receipts>(`sessions/${session}/receipts`);
  return { ada, grace, ben, api, session, host, guest, read };
}

const isReceipts = (frame: ServerFrame): frame is { type: "receipts" } & Receipts =>
  frame.type === "receipts";

test("who sent is told how many received and read it", async () => {
  const { host, guest } = await talk();
  const { result } = await host.say("main", "one");
  const seq = result.message?.seq as number;
  guest.send({ type: "cursor", received: { [stream]: seq }, read: {} });
  const received = await host.frames.find(
    (frame) => isReceipts(frame) && frame.received.length > 0,
  );
  assert.deepEqual(received, {
    type: "receipts",
    stream,
    members: 2,
    received: [[seq, 1]],
    read: [],
  });
  guest.send({ type: "cursor", received: {}, read: { [stream]: seq } });
  const read = await host.frames.find((frame) => isReceipts(frame) && frame.read.length > 0);
  assert.deepEqual(isReceipts(read) ? read.read : [], [[seq, 1]]);
  await guest.settle();
  assert.ok(!guest.frames.items.some(isReceipts), "nobody else is bothered");
});

test("positions are kept through a sleep and after somebody went, and never run ahead", async () => {
  const { session, host, guest, read } = await talk();
  await host.say("main", "one");
  guest.send({
    type: "cursor",
    received: { [stream]: 1_000_000, session: 1, nonsense: 4 },
    read: {},
  });
  guest.send({ type: "cursor", received: { [stream]: 1_000_000 }, read: {} });
  await guest.settle();
  assert.deepEqual((await read()).received, [[1, 1]]);
  await service.evict(session);
  assert.deepEqual((await read()).received, [[1, 1]]);
  await guest.close();
  await host.settle();
  await service.evict(session);
  assert.deepEqual((await read()).received, [[1, 1]]);
});

test("over HTTP too, and only for those who may read the room", async () => {
  const { grace, ben, session, host, read } = await talk();
  await host.say("main", "one");
  const http = new Api(service, grace);
  const moved = await http.post(`sessions/${session}/cursors`, { received: { [stream]: 1 } });
  assert.equal(moved.status, 204, moved.text);
  assert.deepEqual((await read()).received, [[1, 1]]);
  const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id;
  assertProblem(await new Api(service, ben).get(`sessions/${session}/receipts?room=${room}`), {
    code: "not_in_room",
    status: 403,
  });
});
