// An hour of sessions, compressed, on the real runtime: see tests/README.md.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sessionsWithAlarm } from "../e2e/support/alarms.ts";
import { Api } from "../e2e/support/api.ts";
import { UNCOUNTED } from "../e2e/support/options.ts";
import { Random } from "../e2e/support/random.ts";
import { Service } from "../e2e/support/service.ts";
import { until } from "../e2e/support/wait.ts";
import { Gathering } from "./gathering.ts";
import { Heap } from "./heap.ts";
import { bytesBelow, residentBytes, trend } from "./memory.ts";

/** By how much the last third of a run may exceed the middle third. */
const GROWTH = 1.1;

/** The runtime lets go of an idle object after ten seconds. */
const IDLE_MS = 11_000;
const HIBERNATES_WITHIN_MS = 60_000;

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "60" },
    people: { type: "string", default: "24" },
    operations: { type: "string", default: "5000" },
  },
});
const [sessions, people, operations] = [values.sessions, values.people, values.operations].map(
  Number,
) as [number, number, number];
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
console.log(`${sessions} sessions × ${operations} operations of ${people} people, seed ${seed}`);

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const storage = mkdtempSync(join(tmpdir(), "flagship-soak-"));
const service = await Service.start({ variables: UNCOUNTED, storage, inspector: true });
try {
  // Otherwise there is no WebAssembly yet.
  await new Api(service).get("health");
  const heap = await Heap.inspect(await service.inspector());
  const random = new Random(seed);
  const samples: number[] = [];
  const total = new Map<string, number>();
  let messages = 0;
  for (let n = 1; n <= sessions; n += 1) {
    const gathering = await Gathering.begin(service, people);
    for (const [what, times] of await gathering.live(operations, random)) {
      total.set(what, (total.get(what) ?? 0) + times);
    }
    messages += await gathering.assertWhole();
    if (n === sessions) {
      assert.ok(sessionsWithAlarm(storage).all.length === sessions, "alarms can be looked up");
      await gathering.assertHibernates(IDLE_MS, HIBERNATES_WITHIN_MS);
      console.log("idle, with all sockets open: out of memory by itself");
    }
    await gathering.end();
    // Nothing is to be measured that is only still there: what is out of memory, is out of memory.
    await service.evict(gathering.session);
    const held = await heap.held();
    const resident = residentBytes();
    samples.push(held.heap + held.wasm);
    console.log(
      `  ${n}: ${megabytes(held.heap)} of JavaScript, ${megabytes(held.wasm)} of WebAssembly; the process ${megabytes(resident.own)} and ${megabytes(resident.files)} of files; on disk ${megabytes(bytesBelow(storage))}`,
    );
  }
  const none = () => sessionsWithAlarm(storage).ringing.length === 0;
  await until("no alarm is left", none, 30_000);
  const done = [...total].map(([what, times]) => `${what} ${times}`).join(" · ");
  console.log(`${done}; ${messages} messages, each once in journal and archive`);
  console.log("no alarm is left after the sessions' ends");
  const { before, after, slope } = trend(samples);
  const perThousand = megabytes((slope * 1000) / operations);
  console.log(
    `memory: ${megabytes(before)}, later ${megabytes(after)}; ${perThousand} for a thousand operations`,
  );
  assert.ok(after <= before * GROWTH, `memory grows: ${megabytes(before)} to ${megabytes(after)}`);
} finally {
  await service.stop();
  rmSync(storage, { recursive: true, force: true });
}
