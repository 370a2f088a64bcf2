// What operators and integrators look at: health, figures, the description, logs, CORS.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Health, SessionBody } from "../../client/core/src/generated/protocol.ts";
import { root } from "../../scripts/lib/project.mjs";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

const service = await startService({ variables: { ALLOWED_ORIGINS: "https://good.example" } });
const anybody = new Api(service);

test("health is good while both parts answer, and degraded while D1 does not", async () => {
  const good = await anybody.get<Health>("health");
  assert.equal(good.status, 200);
  assert.equal(good.body.status, "ok");
  assert.match(good.body.version, /^\d+\.\d+\.\d+/);
  for (const part of [good.body.database, good.body.sessionObject]) {
    assert.equal(part.ok, true);
    assert.ok(part.latencyMs >= 0);
  }

  await service.database.break();
  try {
    const bad = await anybody.get<Health>("health");
    // Sessions work: whoever takes services out that do not answer 200 must leave this one in.
    assert.equal(bad.status, 200);
    const { status, database, sessionObject } = bad.body;
    assert.deepEqual([status, database.ok, sessionObject.ok], ["degraded", false, true]);
  } finally {
    await service.database.repair();
  }
  assert.equal((await anybody.get<Health>("health")).body.status, "ok");
});

test("metrics count requests by route and status", async () => {
  const count = async () => {
    const { text, headers, status } = await anybody.get("metrics");
    assert.equal(status, 200);
    assert.match(headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    for (const line of text.trim().split("\n")) {
      assert.match(line, /^(# (HELP|TYPE) \S+ .+|[a-z_]+(\{[^}]*\})? \d+(\.\d+)?)$/);
    }
    const found = /^flagship_requests_total\{route="OpenApi",status="200"\} (\d+)$/m.exec(text);
    return Number(found?.[1] ?? 0);
  };
  const before = await count();
  for (let i = 0; i < 3; i += 1) await anybody.get("openapi.json");
  assert.equal(await count(), before + 3);
});

test("the description that is served is the one in the repository", async () => {
  const { status, headers, text } = await anybody.get("openapi.json");
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^application\/json/);
  assert.equal(text, readFileSync(join(root, "docs/protocol/openapi.json"), "utf8"));
});

test("a request is found in the logs by its id, in the Worker and in the object", async () => {
  const ada = person("Ada");
  const id = "trace-me_1.2";
  const created = await new Api(service, ada).post<SessionBody>(
    "sessions",
    { title: "Traced" },
    { headers: { "x-request-id": id } },
  );
  assert.equal(created.headers.get("x-request-id"), id);
  const line = (message: string, requestId: string) =>
    service.log.find((line) => line.message === message && line.requestId === requestId);
  const inWorker = await line("request", id);
  assert.deepEqual(
    { method: inWorker.method, path: inWorker.path, status: inWorker.status },
    { method: "POST", path: "/api/sessions", status: 201 },
  );
  const session = created.body.session.id;
  assert.equal((await line("session created", id)).sessionId, session);

  const headers = { "x-request-id": "trace-my-socket" };
  const client = await Client.open(service, session, { token: ada.token, headers });
  const opened = await line("socket opened", "trace-my-socket");
  assert.equal((await line("request", "trace-my-socket")).status, 101);
  await client.close();
  const closed = await service.log.find((line) => line.message === "socket closed");
  assert.equal(closed.connection, opened.connection);
  assert.ok(!JSON.stringify(service.log.items).includes(ada.token));
});

test("a request without an id, or with an odd one, is given one", async () => {
  for (const given of [undefined, "", "with space", "x".repeat(65), 'a"b']) {
    const headers = given === undefined ? {} : { "x-request-id": given };
    const id = (await anybody.get("openapi.json", { headers })).headers.get("x-request-id") ?? "";
    assert.match(id, /^[0-9a-f]{32}$/);
  }
});

test("every answer carries what keeps browsers careful", async () => {
  for (const path of ["health", "openapi.json", "nothing", "sessions/x"]) {
    const { headers } = await anybody.get(path);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.match(headers.get("vary") ?? "", /\bOrigin\b/);
  }
});

test("a preflight is answered for pages that may call", async () => {
  const ask = (origin: string, path: string) =>
    anybody.request("OPTIONS", path, {
      headers: {
        origin,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "authorization, idempotency-key",
      },
    });
  const answer = await ask("https://good.example", "sessions/s/breakout-rooms/r");
  assert.deepEqual([answer.status, answer.text], [204, ""]);
  const header = (name: string) => answer.headers.get(`access-control-${name}`) ?? "";
  assert.equal(header("allow-origin"), "https://good.example");
  assert.deepEqual(header("allow-methods").split(", ").sort(), ["DELETE", "PATCH"]);
  const allowed = header("allow-headers").toLowerCase().split(", ");
  for (const name of ["authorization", "x-auth-token", "auth-token", "content-type"]) {
    assert.ok(allowed.includes(name), name);
  }
  for (const name of ["idempotency-key", "x-request-id"]) assert.ok(allowed.includes(name), name);
  assert.ok(Number(header("max-age")) > 0);

  const evil = await ask("https://evil.example", "sessions/s/breakout-rooms/r");
  assert.equal(evil.status, 403);
  assert.equal(evil.headers.get("access-control-allow-origin"), null);
  assert.equal((await ask("https://good.example", "nothing")).status, 404);
});

test("pages that may call can read answers, refusals too", async () => {
  for (const [origin, path, status] of [
    ["https://good.example", "openapi.json", 200],
    ["https://good.example", "sessions/x", 401],
    [service.base.origin, "openapi.json", 200],
  ] as const) {
    const { headers, ...answer } = await anybody.get(path, { headers: { origin } });
    assert.equal(answer.status, status);
    assert.equal(headers.get("access-control-allow-origin"), origin);
    const exposed = (headers.get("access-control-expose-headers") ?? "").split(", ");
    assert.deepEqual(exposed.sort(), ["Idempotency-Replayed", "Retry-After", "X-Request-Id"]);
  }
  const none = await anybody.get("openapi.json");
  assert.equal(none.headers.get("access-control-allow-origin"), null);
  for (const origin of ["null", "https://good.example.evil.example", "http://good.example"]) {
    const refused = await anybody.get("openapi.json", { headers: { origin } });
    assert.equal(refused.status, 403, origin);
    assert.equal(refused.headers.get("access-control-allow-origin"), null);
  }
});
