// Requests that make the session work are counted by what they cost, and refused before anything is done.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { DryRun, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { type Answer, Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

const service = await startService({
  meanings: `
import { WorkerEntrypoint } from "cloudflare:workers";
export class Meanings extends WorkerEntrypoint {
  async run(model, { text }) {
    console.log(JSON.stringify({ message: "model asked" }));
    return { data: text.map(() => [1, 0]) };
  }
}
export default { fetch: () => new Response("meanings") };
`,
});

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  await host.command({ type: "create_rooms", rooms: [{ name: "One" }, { name: "Two" }] });
  return { ada, grace, session, host, guest };
}

/** How many of so many requests at once are carried out; the others are refused with the time to wait. */
async function carriedOut(requests: number, ask: () => Promise<Answer>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: requests }, ask));
  const refused = answers.filter(({ status }) => status === 429);
  for (const answer of refused) {
    const problem = assertProblem(answer, { code: "rate_limited", status: 429 });
    assert.ok((problem.retryAfterMs ?? 0) > 0);
  }
  assert.ok(answers.every(({ status }) => [200, 201, 204, 429].includes(status)));
  return requests - refused.length;
}

/** Requests by path, with how many of them may be carried out at once. */
const CALLS: Record<string, { most: number; body?: unknown; path: string }> = {
  "a snapshot": { path: "", most: 50 },
  "a search": { path: "/search?q=word", most: 50 },
  "the events from the beginning": { path: "/events", most: 50 },
  "a debrief": { path: "/debrief", most: 50 },
  "the list of people": { path: "/assignments", most: 50 },
  "reading a list": {
    path: "/assignment-imports",
    body: "email,room\na@b.example,One\n",
    most: 50,
  },
  "a proposal": { path: "/assignment-proposals", body: { strategy: "random" }, most: 50 },
  "rooms with their people": { path: "/breakout-rooms", most: 250 },
  liveliness: { path: "/activity", most: 500 },
  "a page of messages": { path: "/messages?room=main", most: 500 },
  receipts: { path: "/receipts?room=main", most: 500 },
};

for (const [name, { path, body, most }] of Object.entries(CALLS)) {
  test(`${name} costs more than it is worth to a flood`, async () => {
    const { ada, session, guest } = await scene();
    const api = new Api(service, ada);
    const address = `sessions/${session}${path}`;
    const options = typeof body === "string" ? { headers: { "content-type": "text/csv" } } : {};
    const ask = () => (body === undefined ? api.get(address) : api.post(address, body, options));
    const done = await carriedOut(most + 40, ask);
    // What is given back meanwhile depends on how long it takes.
    assert.ok(done >= most / 2 && done <= most + 30, `${done}`);
    // Others have allowances of their own.
    await guest.say("main", "still here");
    assert.equal((await new Api(service, person("Linus")).get(`sessions/${session}`)).status, 200);
  });
}

test("matching by texts is counted before a model is asked", async () => {
  const { ada, session, guest } = await scene();
  await guest.command({ type: "update_profile", about: "boats" });
  const api = new Api(service, ada);
  const from = service.log.items.length;
  let done = 0;
  for (let n = 0; n < 30; n += 1) {
    const body = { strategy: "alike", matchBy: "texts" };
    done += await carriedOut(1, () => api.post(`sessions/${session}/assignment-proposals`, body));
  }
  const asked = service.log.items.slice(from).filter(({ message }) => message === "model asked");
  assert.ok(done >= 4 && done <= 10, `${done} proposals`);
  assert.ok(asked.length <= 11, `the model was asked ${asked.length} times`);
});

test("trying out a room is counted, and copies nothing for who may not enter", async () => {
  const { grace, ada, session, host } = await scene();
  await host.command({ type: "ban_participant", participantId: grace.id });
  const path = `debug-breakout/${session}/test-breakout-creation`;
  const banned = await new Api(service, grace).post<DryRun>(path, { name: "Trial" });
  assert.deepEqual([banned.body.wouldSucceed, banned.body.error?.code], [false, "banned"]);
  for (const who of [grace, ada]) {
    const done = await carriedOut(300, () => new Api(service, who).post(path, { name: "Trial" }));
    assert.ok(done >= 100 && done <= 290, `${done}`);
  }
});

test("who may not enter is refused, and has nothing to pay", async () => {
  const { ada, grace, session, host } = await scene();
  await host.command({ type: "ban_participant", participantId: grace.id });
  const api = new Api(service, grace);
  for (let n = 0; n < 60; n += 1) {
    assertProblem(await api.get(`sessions/${session}`), { code: "banned", status: 403 });
  }
  await host.command({ type: "unban_participant", participantId: grace.id });
  // Sixty snapshots would have spent her allowance. Until she has joined again she reads nothing.
  assertProblem(await api.get(`sessions/${session}`), { code: "removed", status: 403 });
  const joined = await api.request("POST", `sessions/${session}/commands`, {
    body: { command: { type: "join_session" } },
  });
  assert.equal(joined.status, 200);
  assert.equal((await api.get<Snapshot>(`sessions/${session}`)).status, 200);
  assert.equal((await new Api(service, ada).get(`sessions/${session}`)).status, 200);
});
