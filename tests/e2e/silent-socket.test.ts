// A client whose network has gone answers nothing, not even a close. Nobody may take it for there.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const LEASE_MS = 3_000;

const service = await startService({ variables: { SOCKET_LEASE_MS: String(LEASE_MS) } });

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const silent = await RawSocket.open(service, session, grace);
  silent.send({ type: "hello" });
  await until("she is there", () => host.view.connected.has(grace.id));
  const agrees = async () => {
    await host.settle();
    host.view.assertAgrees(await api.read<Snapshot>(`sessions/${session}`));
  };
  return { ada, grace, session, host, silent, agrees };
}

test("a banned client that does not answer its close is gone, also after an eviction", async () => {
  const { grace, session, host, silent, agrees } = await scene();
  await host.command({ type: "ban_participant", participantId: grace.id });
  await until("the close was sent", () => silent.received.includes("forbidden"));
  assert.ok(!host.view.connected.has(grace.id));
  await agrees();
  await service.evict(session);
  await agrees();
  await host.say("main", "not for her");
  silent.send({ type: "command", id: "x", command: { type: "join_session" } });
  await host.settle();
  assert.ok(!silent.received.includes("not for her"));
  await agrees();
  silent.cut();
});

test("a client whose line is cut is gone without a goodbye", async () => {
  const { grace, session, host, silent, agrees } = await scene();
  await service.evict(session);
  silent.cut();
  await until("the host is told", () => !host.view.connected.has(grace.id));
  await agrees();
  assert.ok(host.view.participants.has(grace.id), "and still in the session");
});

test("a client that has pinged and falls silent is gone, one that goes on pinging is not", async () => {
  const { ada, grace, session, host, silent, agrees } = await scene();
  const edsger = person("Edsger");
  const alive = await RawSocket.open(service, session, edsger);
  alive.send({ type: "hello" });
  await until("he is there", () => host.view.connected.has(edsger.id));
  const pinging = setInterval(() => alive.sendText("ping"), LEASE_MS / 6);
  silent.sendText("ping");
  await until("the ping was answered", () => silent.received.includes("pong"));
  // The line stays open, and nothing says that nobody is behind it. What looks for it outlives the object's memory.
  silent.stall();
  await service.evict(session);
  await until("the host is told", () => !host.view.connected.has(grace.id));
  assert.ok(host.view.participants.has(grace.id), "and still in the session");
  assert.ok(host.view.connected.has(edsger.id), "whoever pings is there");
  assert.ok(host.view.connected.has(ada.id), "and so is whoever never pinged");
  await agrees();

  silent.readOn();
  await until("she was closed", () => silent.closing?.code === 4_408);
  const back = await Client.join(service, session, grace);
  await until("she is there again", () => host.view.connected.has(grace.id));
  await agrees();
  clearInterval(pinging);
  await back.close();
  alive.cut();
  silent.cut();
});
