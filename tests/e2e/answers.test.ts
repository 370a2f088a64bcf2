// What every answer carries, whatever it says; and what none ever says, whatever fails.

import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { type Answer, Api, assertProblem } from "./support/api.ts";
import { type Running, Service, startService } from "./support/service.ts";
import { spoilJournals, temporaryStorage } from "./support/storage.ts";
import { person, SECRET } from "./support/tokens.ts";

const service = await startService();
const ada = person("Ada");
const api = new Api(service, ada);
const session = (await api.createSession()).id;

test("every answer keeps browsers careful, refusals and missing pages too", async () => {
  const answers: [number, Promise<Answer>][] = [
    [200, api.get(`sessions/${session}`)],
    [201, api.post("sessions", { title: "Other" })],
    [204, api.request("OPTIONS", "sessions")],
    [401, new Api(service).get(`sessions/${session}`)],
    [404, api.get("nothing")],
    [404, api.get("sessions/none")],
    [405, api.request("DELETE", "sessions")],
    [422, api.post("sessions", { title: "" })],
    [426, api.get(`sessions/${session}/socket`)],
    [200, api.get("openapi.json")],
    [200, api.get("metrics")],
  ];
  for (const [status, answering] of answers) {
    const { headers, ...answer } = await answering;
    assert.equal(answer.status, status, answer.text);
    const values = {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      // Only where the connection is encrypted: here it is not.
      "strict-transport-security": null,
    };
    for (const [name, value] of Object.entries(values)) {
      assert.equal(headers.get(name), value, `${status} ${name}`);
    }
    assert.match(headers.get("x-request-id") ?? "", /^[0-9a-f]{32}$/);
  }
});

test("who uses a wrong method is told the right ones in Allow", async () => {
  const allowed = async (method: string, path: string) => {
    const answer = await api.request(method, path);
    assertProblem(answer, { code: "method_not_allowed", status: 405 });
    return answer.headers.get("allow")?.split(", ").sort();
  };
  assert.deepEqual(await allowed("DELETE", "sessions"), ["POST"]);
  assert.deepEqual(await allowed("PUT", `sessions/${session}/messages`), ["GET", "HEAD", "POST"]);
});

interface RawAnswer {
  status: number;
  type: string;
  body: string;
}

/** An answer down to the bytes: `fetch` would hide a body after HEAD, and sends no handshakes. */
function raw(running: Running, method: string, path: string, more = {}): Promise<RawAnswer> {
  const headers = { authorization: `Bearer ${ada.token}`, ...more };
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(`/api/${path}`, running.base),
      { method, headers },
      (response) => {
        let body = "";
        response.on("data", (data: Buffer) => {
          body += data.toString();
        });
        const type = response.headers["content-type"] ?? "";
        response.on("end", () => resolve({ status: response.statusCode ?? 0, type, body }));
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

const head = (path: string) => raw(service, "HEAD", path);

test("HEAD is answered as GET is, without the body", async () => {
  for (const path of [
    "health",
    "metrics",
    "openapi.json",
    `sessions/${session}`,
    `sessions/${session}/messages`,
    `sessions/${session}/events`,
    `sessions/${session}/socket`,
    "sessions/none",
    "nothing",
  ]) {
    const expected = await api.get(path);
    const type = expected.headers.get("content-type") ?? "";
    assert.deepEqual(await head(path), { status: expected.status, type, body: "" }, path);
  }
  assert.equal((await head("sessions")).status, 405);
});

/** Nothing of these is anybody's business but the operator's. */
const PRIVATE =
  /planted|\.rs\b|panick|unreachable|\bat .+:\d+|\bsqlite|select |insert |no such table|wasm|node_modules|stack/i;

function assertSaysNothing(answer: Answer, status: number, running: Running = service): void {
  assert.equal(answer.status, status, answer.text);
  const said = `${[...answer.headers].join("\n")}\n${answer.text}`;
  assert.doesNotMatch(said, PRIVATE);
  for (const secret of [SECRET, ada.token]) assert.ok(!said.includes(secret), said);
  for (const detail of details(running)) assert.ok(!said.includes(detail), detail);
}

/**
 * What the operator was told of failures, as it would be within JSON. Beside a detail, an error is the sentence that
 * clients are told, too.
 */
function details({ log }: Running): string[] {
  const told = log.items.map(({ error, detail }) => detail ?? error);
  return told
    .filter((text) => typeof text === "string" && text !== "")
    .map((text) => JSON.stringify(text).slice(1, -1));
}

test("a database that fails is not quoted", async () => {
  const tables = ["messages", "sessions", "templates"];
  for (const table of tables) {
    await service.database.run(`ALTER TABLE ${table} RENAME TO ${table}_away`);
  }
  try {
    assertSaysNothing(await api.get("health"), 200);
    // What only the archive could have, and what is nowhere else.
    for (const path of ["messages", "direct-messages", "search?q=x"]) {
      assertSaysNothing(await api.get(`sessions/never/${path}`), 503);
    }
    assertSaysNothing(await api.get("templates"), 503);
    assertSaysNothing(await api.request("DELETE", "templates/t1"), 503);
    assertSaysNothing(await api.post("templates", { name: "Mine", sessionId: session }), 503);
    const apply = await api.post(`sessions/${session}/templates`, { templateId: "t1" });
    assertSaysNothing(apply, 503);
  } finally {
    for (const table of tables) {
      await service.database.run(`ALTER TABLE ${table}_away RENAME TO ${table}`);
    }
  }
});

test("settings that cannot be used are not shown", async () => {
  for (const variables of [
    { JWT_SECRET: "planted, too short" },
    { JWKS: '{"keys":["planted"' },
    { JWKS_URL: "http://user:planted@id.example/keys" },
  ]) {
    const broken = await Service.start({ variables });
    try {
      const answer = await new Api(broken, ada).get(`sessions/${session}`);
      assertProblem(answer, { code: "internal", reason: "auth_misconfigured" });
      const line = await broken.log.find(({ level }) => level === "error");
      assert.equal(line.message, "tokens cannot be verified", "the operator is told");
      assertSaysNothing(answer, 500, broken);
    } finally {
      await broken.stop();
    }
  }
});

test("a journal that cannot be read is not quoted, over neither way", async () => {
  const storage = temporaryStorage();
  const whole = await Service.start({ storage });
  const id = (await new Api(whole, ada).createSession()).id;
  await whole.stop();
  spoilJournals(storage, "UPDATE journal SET events = 'planted'");

  const spoilt: Running & Pick<Service, "stop"> = await Service.start({ storage });
  try {
    const mine = new Api(spoilt, ada);
    for (const answer of [
      await mine.get(`sessions/${id}`),
      await mine.get(`sessions/${id}/events`),
      await mine.post(`sessions/${id}/messages`, { roomId: "main", content: "hello" }),
    ]) {
      await spoilt.log.find(({ level, error }) => level === "error" && error !== undefined);
      assertSaysNothing(answer, 500, spoilt);
      assert.equal(assertProblem(answer, { code: "internal" }).retryable, true);
    }
    const handshake = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const refused = await raw(spoilt, "GET", `sessions/${id}/socket`, handshake);
    assert.deepEqual([refused.status, refused.type], [500, "application/problem+json"]);
    assert.doesNotMatch(refused.body, PRIVATE);
    for (const detail of details(spoilt)) assert.ok(!refused.body.includes(detail), detail);
  } finally {
    await spoilt.stop();
  }
});
