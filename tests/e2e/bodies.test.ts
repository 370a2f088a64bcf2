// Bodies without an end: whatever the route and whoever sends them, the service takes in no more than it may need.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { RoomBody, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { memoryOf } from "./support/memory.ts";
import { pour } from "./support/pour.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const MB = 1024 * 1024;
const BYTES = 95 * MB;

/** What three such bodies may add to the memory of the runtime: its own buffers, and what was not collected yet. */
const MOST_MEMORY = 48 * MB;

const front = new URL("support/fronts/straight-to-object.mjs", import.meta.url);
const service = await startService({ front: readFileSync(front, "utf8") });
const ada = person("Ada");
const api = new Api(service, ada);
const session = (await api.createSession()).id;
const path = `sessions/${session}`;
const created = await api.post<RoomBody>(`${path}/breakout-rooms`, { name: "R" });
const room = `${path}/breakout-rooms/${created.body.room.id}`;
const authorization = { authorization: `Bearer ${ada.token}` };

// What the runtime makes for its first requests is not counted.
await Promise.all(
  Array.from({ length: 6 }, () =>
    pour(service, "POST", `${path}/messages`, { headers: authorization, bytes: BYTES }),
  ),
);

/** Requests, whether they have a token, and how they are answered. */
const ROUTES: [method: string, path: string, signed: boolean, status: number, code?: string][] = [
  ["POST", "sessions", true, 413, "too_large"],
  ["POST", `${path}/commands`, true, 413, "too_large"],
  ["POST", `${path}/messages`, true, 413, "too_large"],
  ["POST", `${path}/cursors`, true, 413, "too_large"],
  ["POST", `${path}/typing`, true, 413, "too_large"],
  ["POST", `${path}/breakout-rooms`, true, 413, "too_large"],
  ["PATCH", room, true, 413, "too_large"],
  ["POST", `${path}/assignment-proposals`, true, 413, "too_large"],
  ["POST", `${path}/assignment-imports`, true, 413, "too_large"],
  ["POST", `${path}/templates`, true, 413, "too_large"],
  ["POST", "templates", true, 413, "too_large"],
  ["POST", `debug-breakout/${session}/test-breakout-creation`, true, 413, "too_large"],
  // These look at no body.
  ["POST", `${room}/join`, true, 200],
  ["POST", `${room}/close`, true, 200],
  ["POST", `${path}/tickets`, true, 201],
  ["DELETE", "templates/none", true, 204],
  ["GET", path, true, 200],
  ["GET", "health", false, 200],
  // And these are refused before one would be looked at.
  ["POST", "sessions", false, 401, "unauthorized"],
  ["POST", `${path}/messages`, false, 401, "unauthorized"],
  ["POST", `${path}/assignment-imports`, false, 401, "unauthorized"],
  ["POST", "nothing/here", false, 404, "not_found"],
  ["PUT", "sessions", true, 405, "method_not_allowed"],
  ["POST", "dev/token", false, 404, "not_found"],
];

for (const [method, where, signed, status, code] of ROUTES) {
  const what = `${method} ${where.replaceAll(session, "…")}${signed ? "" : ", without a token"}`;
  test(`${what}: a body without an end is not taken in`, async (t) => {
    const headers = signed ? authorization : {};
    const send = (bytes: number) => pour(service, method, where, { headers, bytes });
    // It is answered as soon as it is over the limit, while more may come.
    const limit = where.endsWith("imports") ? MB : MB / 4;
    const enough = code === "too_large" ? limit + 1 : 1;
    const answer = await until("the answer is read before the line is cut", () => send(enough));
    assert.deepEqual([answer.status, answer.code], [status, code]);
    const memory = await memoryOf(async () => {
      for (const answer of await Promise.all([send(BYTES), send(BYTES), send(BYTES)])) {
        if (answer) assert.deepEqual([answer.status, answer.code], [status, code]);
      }
    });
    t.diagnostic(`${(memory / MB).toFixed(1)} MB`);
    assert.ok(memory <= MOST_MEMORY, `${memory / MB} MB`);
  });
}

test("an object takes in no more than the Worker may send it", async (t) => {
  const send = (bytes: number) =>
    pour(service, "POST", `object?session=${session}`, { headers: {}, bytes });
  const answer = await until("the answer is read before the line is cut", () => send(7 * MB + 1));
  assert.equal(answer.status, 500);
  assert.match(answer.code ?? "", /the call was not read: TooLarge/);
  const memory = await memoryOf(() => Promise.all([send(BYTES), send(BYTES), send(BYTES)]));
  t.diagnostic(`${(memory / MB).toFixed(1)} MB`);
  assert.ok(memory <= 3 * 8 * MB + MOST_MEMORY, `${memory / MB} MB`);
  assert.equal((await api.read<Snapshot>(path)).session.id, session, "the session goes on");
});

test("a body that is announced as too long is not waited for", async () => {
  const headers = { ...authorization, "content-length": String(BYTES) };
  for (const where of ["sessions", `${path}/messages`, `${path}/assignment-imports`]) {
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      import("node:http").then(({ request }) => {
        const url = new URL(`/api/${where}`, service.base);
        const asked = request(url, { method: "POST", headers, agent: false }, (response) => {
          let text = "";
          response.on("data", (part: Buffer) => {
            text += part.toString();
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        });
        asked.on("error", reject);
        asked.write(" ");
      }, reject);
    });
    assert.equal(answer.status, 413, answer.text);
  }
});

test("bodies up to the limit are taken, in one piece or in many", async () => {
  const longest = 256 * 1024;
  const body = JSON.stringify({ title: "Long" });
  const fits = await api.post("sessions", body.padEnd(longest, " "));
  assert.equal(fits.status, 201, fits.text);
  const over = await api.post("sessions", body.padEnd(longest + 1, " "));
  assertProblem(over, { code: "too_large", status: 413 });
  const poured = await pour(service, "POST", `${path}/assignment-imports`, {
    headers: authorization,
    bytes: MB,
    ends: true,
  });
  assert.equal(poured?.status, 200);
  assert.equal((await api.read<Snapshot>(path)).session.id, session, "the session goes on");
});
