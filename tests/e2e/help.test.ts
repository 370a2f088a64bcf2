// Asking for help: only moderators and who asks learn of it, and it is not lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

async function gathering() {
  const [ada, grace, ben] = [person("Ada"), person("Grace"), person("Ben")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const asker = await Client.join(service, session, grace);
  const other = await Client.join(service, session, ben);
  return { ada, grace, ben, session, host, asker, other };
}

const heard = (client: Client) =>
  client.view.events.filter(({ type }) => type.startsWith("help_")).map(({ type }) => type);

test("a request reaches the moderators and comes back claimed and resolved, and nobody else hears", async () => {
  const { host, asker, other, grace } = await gathering();
  const asked = await asker.command({
    type: "ask_for_help",
    kind: "alert",
    text: "not in the open",
  });
  const requestId = asked.result.helpRequest?.id as string;
  await until("the host hears", () => heard(host).length === 1);
  const claimed = await host.command({ type: "claim_help", requestId });
  assert.equal(claimed.result.helpRequest?.state, "claimed");
  await host.command({ type: "resolve_help", requestId });
  await until("who asked is told", () => heard(asker).length === 3);
  assert.deepEqual(heard(asker), ["help_requested", "help_updated", "help_updated"]);
  const streams = new Set(asker.view.events.map(({ stream }) => stream));
  assert.ok(streams.has(`participant:${grace.id}`));

  await other.settle();
  assert.deepEqual(heard(other), []);
  assert.ok(!JSON.stringify(other.frames.items).includes("not in the open"));
  for (const client of [host, asker, other]) assert.deepEqual(client.view.faults, []);
});

test("what was asked while nobody was there waits, through a sleep, for the next moderator", async () => {
  const { host, asker, other, ada, ben, session } = await gathering();
  await host.close();
  await asker.command({ type: "ask_for_help", kind: "help", text: "who begins?" });
  await service.evict(session);

  const { client: back, welcome } = await host.reconnect();
  assert.equal(welcome.resumed, true);
  await until("the host is told on resuming", () => heard(back).length === 1);

  await back.command({ type: "set_role", participantId: ben.id, role: "moderator" });
  const { streams, moderation } = await other.notice("streams_changed");
  assert.ok("moderators" in streams);
  assert.equal(moderation?.help[0]?.text, "who begins?");

  await back.command({ type: "set_role", participantId: ben.id, role: "participant" });
  await until("and no more", () => !("moderators" in other.view.positions));
  const snapshot = await new Api(service, ben).read<Snapshot>(`sessions/${session}`);
  assert.equal(snapshot.moderation, null);
  const hosts = await new Api(service, ada).read<Snapshot>(`sessions/${session}`);
  assert.equal(hosts.moderation?.help.length, 1);
});
