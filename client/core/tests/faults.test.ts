// Sessions under random faults, each from a seed: whatever the network does, everybody ends up with the same talk, each
// message in it once, and each person's in the order in which they said it. `FAULTS_SEED=7 FAULTS_RUNS=1` repeats one,
// `FAULTS_RUNS=5000` explores.

import { expect, it } from "vitest";
import type { SessionClient } from "../src/index.ts";
import { FakeServer, type Sockets } from "../src/testing/index.ts";
import { follow, phase, said } from "./support/fake.ts";

const variables: Record<string, string | undefined> =
  (globalThis as { process?: { env: Record<string, string> } }).process?.env ?? {};
const FIRST = Number(variables.FAULTS_SEED ?? 1);
const RUNS = Number(variables.FAULTS_RUNS ?? 150);

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WAYS: readonly Sockets[] = ["open", "open", "blocked", "swallowed", "forbidden"];

async function run(seed: number) {
  const random = chance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const server = new FakeServer();
  server.sockets = pick(WAYS);
  const more = { random: () => 0.05 + random() * 0.9 };
  const people = new Map<string, SessionClient>();
  for (const name of ["ada", "grace", "ben"]) people.set(name, await follow(server, name, more));

  const expected: string[] = [];
  const sent: Promise<unknown>[] = [];
  for (let step = 0; step < 40; step += 1) {
    const fault = random();
    if (fault < 0.12) server.cut();
    else if (fault < 0.24) server.sockets = pick(WAYS);
    else if (fault < 0.32) server.loseAnswers(1 + Math.floor(random() * 3));
    else if (fault < 0.4) server.isDown = !server.isDown;
    else if (fault < 0.45 && server.isDown) server.cut();
    else if (fault < 0.51) server.freeze();
    else if (fault < 0.57) server.isSilent = !server.isSilent;
    // Fewer in all than a snapshot brings, so that whoever begins afresh sees everything.
    if (random() < 0.7) {
      const [name, session] = pick([...people]);
      const content = `${name} ${expected.length}`;
      expected.push(content);
      sent.push(session.commands.sendMessage("main", content));
    }
    await server.clock.advance(Math.floor(random() ** 3 * 30_000));
  }

  server.isDown = server.isSilent = false;
  server.sockets = "open";
  server.loseAnswers(0);
  // As long as the longest wait for another try of a socket, and then some.
  await server.clock.advance(700_000);
  await Promise.all(sent);
  return { server, people, expected };
}

it(`loses, doubles and confuses nothing in ${RUNS} sessions`, { timeout: 600_000 }, async () => {
  const seen = { toFallback: 0, toSocket: 0, resent: 0, duplicates: 0, gaps: 0 };
  for (let seed = FIRST; seed < FIRST + RUNS; seed += 1) {
    const { server, people, expected } = await run(seed);
    const all = server.session().messages(["room:main"]);
    const there = all.map(({ content }) => content);
    expect([...there].sort(), `seed ${seed}: each once`).toEqual([...expected].sort());
    for (const [name, session] of people) {
      const where = `seed ${seed}, ${name}`;
      expect(said(session), `${where}: sees what is there`).toEqual(there);
      const own = (list: string[]) => list.filter((content) => content.startsWith(name));
      expect(own(there), `${where}: said it in this order`).toEqual(own(expected));
      expect(phase(session), where).toBe("open");
      const { pending, outbox, statistics } = session.store.getState();
      expect([pending, outbox.waiting], where).toEqual([[], 0]);
      expect(statistics.failed, where).toBe(0);
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += statistics[key];
    }
  }
  // Otherwise these were no faults.
  const { gaps, duplicates, ...often } = seen;
  for (const [what, count] of Object.entries(often)) expect(count, what).toBeGreaterThan(RUNS);
  if (RUNS >= 100) expect(duplicates, "seldom, yet it happens").toBeGreaterThan(0);
  expect(gaps, "nothing that was told left anything out").toBe(0);
});
