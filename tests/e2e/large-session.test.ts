// A session that has grown large is woken, resumed and read like a small one. SQLite gives no value
// over a few megabytes: nothing may depend on a whole history fitting into one.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertArchived, readHistory } from "./support/history.ts";
import { UNCOUNTED } from "./support/options.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService({ variables: UNCOUNTED });

/** Sends commands, as fast as they are taken; each must be acknowledged. */
async function sendAll(client: Client, commands: [id: string, command: Command][], at: number) {
  for (let from = 0; from < commands.length; from += at) {
    const frames = commands.slice(from, from + at);
    const settled = frames.map(([id]) => client.settled(id));
    client.send(frames.map(([id, command]) => ({ type: "command", id, command })));
    for (const answer of await Promise.all(settled)) assert.equal(answer.type, "ack");
  }
}

test("missing 10 MB of messages is made up for by resumes, a fresh start and pages", async () => {
  const [ada, grace, linus] = ["Ada", "Grace", "Linus"].map((name) => person(name));
  assert.ok(ada && grace && linus);
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const absent = await Client.join(service, session, linus);
  for (const client of [guest, absent]) await client.close();
  // The longest there are: 4,000 characters of four bytes.
  const content = "\u{1f680}".repeat(4_000);
  const commands = Array.from({ length: 640 }, (_, index): [string, Command] => [
    `long-${index}`,
    { type: "send_message", roomId: "main", content },
  ]);
  let client = guest;
  for (let said = 0; said < 640; said += 160) {
    await sendAll(host, commands.slice(said, said + 160), 3);
    const { client: back, welcome } = await client.reconnect();
    assert.equal(welcome.resumed, true);
    await until("it is all there", () => back.view.messages("main").length === said + 160, 30_000);
    assert.deepEqual(back.view.faults, []);
    client = back;
    await client.close();
  }

  // More at once than a resume brings is a fresh start.
  const { client: late, welcome } = await absent.reconnect();
  assert.equal(welcome.resumed, false);
  assert.equal(late.view.messages("main").length, 50);

  await service.evict(session);
  const fresh = await Client.join(service, session, grace);
  assert.equal(fresh.view.messages("main").length, 50);
  assert.equal((await readHistory(api, session, "main", 100)).length, 640);
  await assertArchived(service.database, session, client.view.messages("main"));
});

test("after many commands, the keys are still known to a session that wakes", async () => {
  // Long keys of a long name make few commands weigh as much as a hundred thousand usual ones.
  const id = `ada-${"x".repeat(124)}`;
  const ada: Person = { id, alias: "Ada", token: hs256(claims(id, { alias: "Ada" })) };
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const key = (index: number) => `${index}-`.padEnd(128, "k");
  const commands = Array.from({ length: 32_000 }, (_, index): [string, Command] => [
    key(index),
    { type: "leave_room" },
  ]);
  await sendAll(host, commands, 64);

  await service.evict(session);
  const said = await host.say("main", "awake?", "new");
  assert.equal(said.duplicate, false);
  const again = await host.command({ type: "leave_room" }, key(7));
  assert.equal(again.duplicate, true);
});
