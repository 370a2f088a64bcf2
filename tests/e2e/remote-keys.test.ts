// Keys that an identity provider publishes: fetched when needed and no oftener, and missed with
// grace when the provider is down.

import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
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
  const forged = token(stranger.privateKey, "second");
  const error = await refusedSocket(service, session.id, { token: forged }, 4401);
  assert.equal(error.reason, "bad_signature");
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

test("issuer and audience are judged where they are set", async () => {
  const strict = await Service.start({
    variables: { JWT_ISSUER: "https://id.example", JWT_AUDIENCE: "flagship" },
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
