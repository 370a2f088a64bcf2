// How long a session takes to wake: read its snapshot and the journal after it, and answer.
//
//   npm run bench:restore [people] [entries]
//
// The built Worker on workerd, on this machine. A wake is measured from outside, against the same
// request to the same object while it is awake, one after the other: the difference is the wake.

import { arch, cpus } from "node:os";
import type { ClientFrame } from "../client/core/src/generated/protocol.ts";
import { Api } from "../tests/e2e/support/api.ts";
import { Client } from "../tests/e2e/support/client.ts";
import { UNCOUNTED } from "../tests/e2e/support/options.ts";
import { Service } from "../tests/e2e/support/service.ts";
import { type Person, person } from "../tests/e2e/support/tokens.ts";

const REPEATS = 25;
const FRAMES_AT_ONCE = 64;

/** One kind of request; medians, in milliseconds. */
export interface Wake {
  request: string;
  awake: number;
  waking: number;
}

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

/** A session with this many people in it and this many entries in its journal. */
async function fill(service: Service, host: Person, people: number, entries: number) {
  const session = await new Api(service, host).createSession("Bench");
  for (let joined = 1; joined < people; joined += 20) {
    const newcomers = Array.from({ length: Math.min(20, people - joined) }, () => person("Guest"));
    await Promise.all(
      newcomers.map((newcomer) =>
        new Api(service, newcomer).post(`sessions/${session.id}/commands`, {
          id: "join",
          command: { type: "join_session" },
        }),
      ),
    );
  }
  const client = await Client.join(service, session.id, host);
  // Each newcomer has two entries: coming in, and the command that asked for it.
  for (let sent = 2 * people; sent < entries; sent += FRAMES_AT_ONCE) {
    const ids = Array.from({ length: FRAMES_AT_ONCE }, (_, n) => `m-${sent + n}`);
    const last = `m-${sent + FRAMES_AT_ONCE - 1}`;
    const from = client.frames.items.length;
    client.send(
      ids.map(
        (id): ClientFrame => ({
          type: "command",
          id,
          command: { type: "send_message", roomId: "main", content: "x".repeat(64) },
        }),
      ),
    );
    await client.frames.find((frame) => frame.type === "ack" && frame.id === last, { from });
  }
  await client.close();
  return session.id;
}

/** Wakes a session of this size again and again. */
export async function measureRestore(people: number, entries: number): Promise<Wake[]> {
  const service = await Service.start({
    variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "3600000" },
  });
  try {
    const host = person("Host");
    const api = new Api(service, host);
    const id = await fill(service, host, people, entries);
    const read = () => api.get(`sessions/${id}/breakout-rooms`);
    const look = () => api.get(`sessions/${id}`);
    const say = () => api.post(`sessions/${id}/messages`, { roomId: "main", content: "hello" });
    const wakes: Wake[] = [];
    for (const [request, action] of [
      ["list the rooms: state only", read],
      ["the whole session: state and newest messages", look],
      ["a message: state and idempotency keys", say],
    ] as const) {
      const [awake, waking]: [number[], number[]] = [[], []];
      for (let repeat = 0; repeat < REPEATS; repeat += 1) {
        await service.evict(id);
        waking.push(await timed(action));
        awake.push(await timed(action));
      }
      wakes.push({ request, awake: median(awake), waking: median(waking) });
    }
    return wakes;
  } finally {
    await service.stop();
  }
}

if (import.meta.main) {
  const [people = 1_000, entries = 10_000] = process.argv.slice(2).map(Number);
  console.log(
    `restore: ${people} people, ${entries} entries; ${cpus()[0]?.model}, ${arch()}, Node ${process.version}`,
  );
  console.log(`request | awake, ms | waking, ms | the wake, ms   (medians of ${REPEATS})`);
  for (const { request, awake, waking } of await measureRestore(people, entries)) {
    const times = [awake, waking, waking - awake].map((time) => time.toFixed(1));
    console.log([request, ...times].join(" | "));
  }
}
