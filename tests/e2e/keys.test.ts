// A command that comes again is answered as the first time, however many came after it: its key is in a
// run beside the journal then, perhaps merged with others, perhaps not written yet, perhaps lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Service } from "./support/service.ts";
import { spoilJournals, temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";

/** Runs have 1,024 entries, and eight of them are merged: some of each, and a tail. */
const COMMANDS = 10_000;
const AT_ONCE = 64;

const nothing: Command = { type: "leave_room" };
const key = (index: number) => `k-${index}`;

/** Around every boundary there is, and a few between. */
const asked = [1, 500, 1_019, 1_020, 1_021, 1_022, 1_023, 1_024, 1_025, 4_096, 8_189, 8_190, 8_191];
const askedToo = [8_192, 8_193, 9_214, 9_215, 9_216, 9_217, COMMANDS - 1];

test("retries are answered as the first time across evictions, runs, merges and lost runs", async () => {
  const settings = { variables: UNCOUNTED, storage: temporaryStorage() };
  let service = await Service.start(settings);
  const ada = person("Ada");
  const session = (await new Api(service, ada).createSession()).id;
  let client = await Client.join(service, session, ada);
  const revs = new Map<string, number>();
  for (let from = 0; from < COMMANDS; from += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, COMMANDS - from) }, (_, n) => key(from + n));
    const settled = ids.map((id) => client.settled(id));
    client.send(ids.map((id) => ({ type: "command", id, command: nothing })));
    for (const answer of await Promise.all(settled)) {
      if (answer.type !== "ack") throw new Error(`refused: ${JSON.stringify(answer.error)}`);
      assert.equal(answer.duplicate, false);
      revs.set(answer.id, answer.rev);
    }
  }

  const check = async () => {
    for (const id of [...asked, ...askedToo].map(key)) {
      const again = await client.command(nothing, id);
      assert.deepEqual([again.duplicate, again.rev], [true, revs.get(id)], id);
    }
    const other = await client.refused({ type: "raise_hand", raised: true }, key(500));
    assert.equal(other.code, "idempotency_mismatch");
    const unseen = await client.command(nothing);
    assert.equal(unseen.duplicate, false);
  };

  await check();
  await service.evict(session);
  await check();

  const losses = [
    // As a session from before there were runs.
    "DELETE FROM key_runs",
    // Some are there, and what is between them is not.
    "DELETE FROM key_runs WHERE upto = (SELECT min(upto) FROM key_runs WHERE since > 0)",
    "DELETE FROM key_runs WHERE upto = (SELECT max(upto) FROM key_runs)",
  ];
  for (const loss of losses) {
    await client.close();
    await service.stop();
    spoilJournals(settings.storage, loss);
    service = await Service.start(settings);
    client = await Client.join(service, session, ada);
    await check();
    await service.evict(session);
    await check();
  }
  await client.close();
  await service.stop();
});
