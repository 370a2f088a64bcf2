// Keys that an identity provider publishes: fetched when needed and no oftener, and missed with
// grace when the provider is down.

import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import type { Health } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { Service, startService } from "./support/service.ts";
import { claims, hs256, signed } from "./support/tokens.ts";

const pair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = (key: KeyObject, kid: string) => ({
  ...key.export({ format: "jwk" }),
  kid,
  alg: "ES256",
});

const [first, second, stranger] = [pair(), pair(), pair()];
const published = [jwk(first.publicKey, "first"), jwk(second.publicKey, "second")];
let fetches = 0;
const provider = createServer((_request, response) => {
  fetches += 1;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ keys: published }));
});
provider.listen(0, "127.0.0.1");
await once(provider, "listening");
after(() => provider.close());
const { port } = provider.address() as AddressInfo;

const variables = { JWKS_URL: `http://127.0.0.1:${port}/keys` };
/** What an issuer says of a token that it gave out hours ago. */
const old = { iat: Math.floor(Date.now() / 1000) - 7200 };
const service = await startService({ variables });

const token = (key: KeyObject, kid: string, more = {}) =>
  signed("ES256", key, claims(`user-of-${kid}`, more), kid);

test("keys are fetched once and serve many requests, over both ways", async () => {
  const api = new Api(service, { token: token(first.privateKey, "first") });
  const session = await api.createSession();
  for (let i = 0; i < 5; i += 1)
    assert.equal((await api.get(`sessions/${session.id}`)).status, 200);
  const client = await Client.open(service, session.id, {
    token: token(first.privateKey, "first"),
  });
  assert.equal((await client.hello()).self.id, "user-of-first");
  assert.equal(fetches, 1);
  // A refresh on the open socket is verified in the object.
  client.send({ type: "auth", token: token(first.privateKey, "first") });
  await client.notice("authenticated");
});

test("a key that is published just after a fetch is good at once", async () => {
  const next = pair();
  published.push(jwk(next.publicKey, "next"));
  const before = fetches;
  const api = new Api(service, { token: token(next.privateKey, "next") });
  await api.createSession();
  assert.equal(fetches - before, 1);
});

test("made-up key names do not make us ask the provider again and again", async () => {
  const api = new Api(service, { token: token(second.privateKey, "second") });
  const session = await api.createSession();
  const before = fetches;
  for (let i = 0; i < 10; i += 1) {
    const forged = new Api(service, { token: token(stranger.privateKey, `made-up-${i}`) });
    const answer = await forged.get(`sessions/${session.id}`);
    assert.ok(answer.status === 401 || answer.status === 503, answer.text);
  }
  assert.ok(fetches - before <= 4, `${fetches - before} fetches`);
  const forged = token(stranger.privateKey, "second", old);
  const error = await refusedSocket(service, session.id, { token: forged }, 4401);
  assert.equal(error.reason, "bad_signature");
});

/** A provider of its own, whose keys are told by `keys`, and a service that trusts it. */
async function trusting(keys: () => object[]) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "public, max-age=3600");
    response.end(JSON.stringify({ keys: keys() }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const service = await Service.start({
    variables: { JWKS_URL: `http://127.0.0.1:${port}/keys` },
  });
  const stop = async () => {
    await service.stop();
    server.close();
  };
  return { service, stop, asked: () => asked };
}

for (const [names, inSet, inToken] of [
  ["the name is used again", "signing", "signing"],
  ["tokens name no key", "signing", undefined],
  ["the set names no keys", undefined, "signing"],
  ["nothing has a name", undefined, undefined],
] as const) {
  test(`after a rotation nobody is locked out: ${names}`, async () => {
    let current = pair();
    const { service, stop, asked } = await trusting(() => [
      { ...current.publicKey.export({ format: "jwk" }), kid: inSet },
    ]);
    try {
      const issued = (sub: string, more = {}) =>
        signed("ES256", current.privateKey, claims(sub, more), inToken);
      const before = issued("ada", old);
      const api = new Api(service, { token: before });
      const session = (await api.createSession()).id;
      const client = await Client.join(service, session, { id: "ada", alias: "", token: before });
      assert.equal(asked(), 1);

      current = pair();
      const after = issued("ada");
      assert.equal(
        (await new Api(service, { token: after }).get(`sessions/${session}`)).status,
        200,
      );
      assert.equal(asked(), 2);
      const another = await Client.join(service, session, { id: "ada", alias: "", token: after });
      for (const open of [client, another]) {
        open.send({ type: "auth", token: after });
        await open.notice("authenticated");
      }

      // However many come with an old token then, each is told to get a new one, and the provider is left alone.
      for (let count = 0; count < 20; count += 1) {
        const answer = await api.get(`sessions/${session}`);
        assertProblem(answer, { code: "unauthorized", status: 401, reason: "bad_signature" });
      }
      assert.ok(asked() <= 2 + 4, `${asked()} fetches`);
    } finally {
      await stop();
    }
  });
}

test("a flood of forged tokens does not make us ask on, nor call a new key's token bad", async () => {
  let current = pair();
  const keys = () => [{ ...current.publicKey.export({ format: "jwk" }), kid: "signing" }];
  const { service, stop, asked } = await trusting(keys);
  try {
    const issued = () => signed("ES256", current.privateKey, claims("ada"), "signing");
    const session = (await new Api(service, { token: issued() }).createSession()).id;
    const forged = () => signed("ES256", stranger.privateKey, claims("ada"), "signing");
    const ask = (token: string) => new Api(service, { token }).get(`sessions/${session}`);
    for (let count = 0; count < 20; count += 1) {
      const { status } = await ask(forged());
      assert.ok(status === 401 || status === 503, `${status}`);
    }
    assert.ok(asked() <= 1 + 4, `${asked()} fetches`);
    const known = issued();
    current = pair();
    const answer = await ask(issued());
    assertProblem(answer, { code: "unavailable", status: 503, reason: "keys_unavailable" });
    assert.equal((await ask(known)).status, 200, "what is known is known");
  } finally {
    await stop();
  }
});

test("with the provider down, people are asked to try again, and shared secrets still hold", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const nowhere = (gone.address() as AddressInfo).port;
  gone.close();
  const alone = await Service.start({
    variables: { JWKS_URL: `http://127.0.0.1:${nowhere}/keys` },
  });
  try {
    const api = new Api(alone, { token: token(first.privateKey, "first") });
    const answer = await api.post("sessions", { title: "Mine" });
    const refusal = { code: "unavailable", status: 503, reason: "keys_unavailable" } as const;
    assert.equal(assertProblem(answer, refusal).retryable, true);
    const session = await new Api(alone, { token: hs256(claims("ada")) }).createSession();
    const opening = { token: token(first.privateKey, "first") };
    const error = await refusedSocket(alone, session.id, opening, 4500);
    assert.equal(error.code, "unavailable");
  } finally {
    await alone.stop();
  }
});

test("in production the settings say whose tokens are meant, or none is taken", async () => {
  const [issuer, audience] = [{ JWT_ISSUER: "https://id.example" }, { JWT_AUDIENCE: "flagship" }];
  const bearer = hs256(claims("ada", { iss: "https://id.example", aud: "flagship" }));
  const cases: [settings: Record<string, string>, missing: string[]][] = [
    [{}, ["JWT_ISSUER", "JWT_AUDIENCE"]],
    [issuer, ["JWT_AUDIENCE"]],
    [{ ...audience, ENVIRONMENT: "production" }, ["JWT_ISSUER"]],
    [{ ...issuer, JWT_ANY_AUDIENCE: "no" }, ["JWT_AUDIENCE"]],
    [{ ...issuer, ...audience }, []],
    [{ JWT_ANY_AUDIENCE: "yes" }, []],
    [{ ENVIRONMENT: "development" }, []],
  ];
  for (const [settings, missing] of cases) {
    const said = JSON.stringify(settings);
    const one = await Service.start({ variables: { JWT_ANY_AUDIENCE: "", ...settings } });
    try {
      const api = new Api(one, { token: bearer });
      const answer = await api.post("sessions", { title: "Mine" });
      const health = await api.get<Health>("health");
      assert.deepEqual(health.body.settings?.problems, missing, said);
      if (missing.length === 0) {
        assert.equal(answer.status, 201, said);
        assert.deepEqual([health.status, health.body.status], [200, "ok"], said);
        continue;
      }
      const reason = missing.join(", ");
      const problem = assertProblem(answer, { code: "misconfigured", status: 503, reason }, said);
      for (const name of [...missing, "JWT_ANY_AUDIENCE"])
        assert.ok(problem.message.includes(name));
      assert.deepEqual([health.status, health.body.status], [503, "failed"], said);
      const error = await refusedSocket(one, "any", { token: bearer }, 4500);
      assert.deepEqual([error.code, error.reason], ["misconfigured", reason]);
      const nobody = await new Api(one).post("sessions", { title: "Mine" });
      assertProblem(nobody, { code: "unauthorized", status: 401, reason: "token_missing" });
    } finally {
      await one.stop();
    }
  }
});

test("issuer and audience are judged where they are set", async () => {
  const strict = await Service.start({
    variables: { JWT_ISSUER: "https://id.example", JWT_AUDIENCE: "flagship", JWT_ANY_AUDIENCE: "" },
  });
  try {
    const ask = (more: object) =>
      new Api(strict, { token: hs256(claims("ada", more)) }).post("sessions", { title: "Mine" });
    const good = { iss: "https://id.example", aud: ["other", "flagship"] };
    assert.equal((await ask(good)).status, 201);
    for (const [more, reason] of [
      [{ ...good, iss: "https://evil.example" }, "wrong_issuer"],
      [{ aud: "flagship" }, "wrong_issuer"],
      [{ ...good, aud: "other" }, "wrong_audience"],
      [{ iss: good.iss }, "wrong_audience"],
    ] as const) {
      assertProblem(await ask(more), { code: "unauthorized", status: 401, reason });
    }
  } finally {
    await strict.stop();
  }
});
