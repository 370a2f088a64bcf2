// Who gets in: tokens that do not hold are refused with the reason, over both ways, and change
// nothing; tokens signed with published keys hold.

import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CLOSE_CODES, type Snapshot } from "../../client/core/src/generated/protocol.ts";
import { at } from "../../scripts/lib/project.mjs";
import { Api, assertProblem } from "./support/api.ts";
import { Client, type Opening } from "./support/client.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, person, SECRET, signed, unsigned } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";

const keys = {
  RS256: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  EdDSA: generateKeyPairSync("ed25519"),
};
const algorithms = ["RS256", "ES256", "EdDSA"] as const;
const jwk = (key: KeyObject, kid: string, alg: string) => ({
  ...key.export({ format: "jwk" }),
  kid,
  alg,
  use: "sig",
});
const JWKS = JSON.stringify({
  keys: algorithms.map((alg) => jwk(keys[alg].publicKey, `key-${alg}`, alg)),
});

const service = await startService({
  variables: { JWKS, ALLOWED_ORIGINS: "https://good.example" },
});
const ada = person("Ada");
const session = (await new Api(service, ada).createSession()).id;

const past = Math.floor(Date.now() / 1000) - 60;
const rsaPem = keys.RS256.publicKey.export({ type: "spki", format: "pem" }).toString();
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const good = hs256(claims("somebody"));

/** Tokens that do not hold, and why. */
const tokens: Record<string, [token: string, reason: string]> = {
  "an expired token": [hs256({ sub: "somebody", exp: past }), "token_expired"],
  "a token that never expires": [hs256({ sub: "somebody" }), "token_without_expiry"],
  "a token that is not valid yet": [
    hs256(claims("somebody", { nbf: past + 3600 })),
    "token_not_yet_valid",
  ],
  "a token that nobody signed": [unsigned(claims("somebody")), "unsupported_algorithm"],
  "a token signed with another secret": [
    hs256(claims("somebody"), "another secret, and at least 32 bytes long"),
    "bad_signature",
  ],
  // Nothing that it says is looked at before it is known who says it.
  "a forged token that has expired": [
    hs256({ sub: "somebody", exp: past }, "another secret, and at least 32 bytes long"),
    "bad_signature",
  ],
  "a token signed with a public key as the secret": [
    hs256(claims("somebody"), rsaPem),
    "bad_signature",
  ],
  "a token under a published key's name, signed with its text": [
    hs256(claims("somebody"), rsaPem, { kid: "key-RS256" }),
    "unsupported_algorithm",
  ],
  "a token signed with somebody else's key": [
    signed("RS256", stranger, claims("somebody"), "key-RS256"),
    "bad_signature",
  ],
  "a token of an unknown key": [
    signed("RS256", stranger, claims("somebody"), "key-of-nobody"),
    "unknown_key",
  ],
  "a token of another algorithm than its key": [
    signed("ES256", keys.ES256.privateKey, claims("somebody"), "key-RS256"),
    "unsupported_algorithm",
  ],
  "a token with an algorithm not in use": [
    hs256(claims("somebody"), SECRET, { alg: "HS384" }),
    "unsupported_algorithm",
  ],
  "a token that was tampered with": [
    good.replace(
      /\.[^.]+\./,
      `.${Buffer.from(JSON.stringify(claims("ada"))).toString("base64url")}.`,
    ),
    "bad_signature",
  ],
  "a token without a signature": [good.replace(/[^.]+$/, ""), "bad_signature"],
  "a token that names nobody": [hs256(claims("")), "token_without_subject"],
  "a token of a name too long": [hs256(claims("x".repeat(256))), "token_subject_unusable"],
  "a token with a control character in its name": [hs256(claims("a\nb")), "token_subject_unusable"],
  "a token over 16 KB": [
    hs256(claims("somebody", { groups: "x".repeat(12_500) })),
    "token_too_long",
  ],
  "a text that is no token": ["not-a-token", "token_malformed"],
};

for (const [name, [token, reason]] of Object.entries(tokens)) {
  test(`${name} is refused over both ways`, () =>
    assertUnchanged(service, session, ada, async () => {
      const api = new Api(service, { token });
      for (const answer of [
        await api.get(`sessions/${session}`),
        await api.post("sessions", { title: "Mine" }),
        await api.post(`sessions/${session}/messages`, { roomId: "main", content: "hi" }),
        await api.post(`sessions/${session}/tickets`),
      ]) {
        assertProblem(answer, { code: "unauthorized", status: 401, reason });
        assert.equal(answer.headers.get("www-authenticate"), "Bearer");
        assert.ok(!answer.text.includes(token), "the token is not repeated");
      }
      const error = await refusedSocket(service, session, { token }, 4401);
      assert.deepEqual([error.code, error.reason], ["unauthorized", reason]);
      const logged = JSON.stringify(service.log.items);
      assert.ok(!logged.includes(token), "nor is it logged");
    }));
}

const described = JSON.parse(readFileSync(at("docs", "protocol", "openapi.json"), "utf8")) as {
  paths: Record<string, Record<string, { security?: unknown[] }>>;
};

/** Those that are for anybody. A route is added here on purpose, or asks for a token. */
const PUBLIC = [
  "get /api/health",
  "get /api/metrics",
  "get /api/openapi.json",
  // With a ticket or a token of its own: see below.
  "get /api/sessions/{session}/socket",
  // Absent but in development.
  "post /api/dev/token",
];

test("without a token, nothing but what is public", () =>
  assertUnchanged(service, session, ada, async () => {
    const api = new Api(service);
    let asked = 0;
    const open: string[] = [];
    for (const [path, methods] of Object.entries(described.paths)) {
      const where = path
        .replace("/api/", "")
        .replace("{session}", session)
        .replaceAll(/\{\w+\}/g, "r1");
      for (const [method, { security }] of Object.entries(methods)) {
        // The description says which ask for none.
        if (security?.length === 0) {
          open.push(`${method} ${path}`);
          continue;
        }
        const answer = await api.request(method.toUpperCase(), where);
        const refusal = { code: "unauthorized", status: 401, reason: "token_missing" } as const;
        assertProblem(answer, refusal, `${method} ${where}`);
        asked += 1;
      }
    }
    assert.ok(asked > 25, `${asked} routes`);
    assert.deepEqual(open.sort(), PUBLIC);
    const error = await refusedSocket(service, session, {}, 4401);
    assert.equal(error.reason, "token_missing");
  }));

test("other handshakes that are refused, each with its close code", () =>
  assertUnchanged(service, session, ada, async () => {
    const token = good;
    const evil = { origin: "https://evil.example" };
    const refusals: [string, Opening, number, string][] = [
      [session, { token, headers: evil }, 4403, "origin_not_allowed"],
      ["nothing-here", { token }, 4404, "session_not_found"],
      ["a.b", { token }, 4404, "session_not_found"],
      [session, { ticket: "made-up" }, 4401, "ticket_invalid"],
    ];
    for (const [where, opening, code, error] of refusals) {
      assert.ok(code in CLOSE_CODES);
      assert.equal((await refusedSocket(service, where, opening, code)).code, error);
    }
  }));

test("a page of an allowed origin gets in", async () => {
  const headers = { origin: "https://good.example" };
  const client = await Client.open(service, session, { token: ada.token, headers });
  assert.equal((await client.hello()).self.id, ada.id);
  await client.close();
});

for (const alg of algorithms) {
  test(`a token signed with a published ${alg} key holds, over both ways`, async () => {
    const sub = `reader-of-${alg}`;
    const token = signed(alg, keys[alg].privateKey, claims(sub, { name: alg }), `key-${alg}`);
    const posted = await new Api(service, { token }).post(`sessions/${session}/commands`, {
      command: { type: "join_session" },
    });
    assert.equal(posted.status, 200, posted.text);
    const client = await Client.open(service, session, { token });
    const { self } = await client.hello();
    assert.deepEqual([self.id, self.alias], [sub, alg]);
    await client.close();
    const unnamed = signed(alg, keys[alg].privateKey, claims(sub));
    assert.equal(
      (await new Api(service, { token: unnamed }).get(`sessions/${session}`)).status,
      200,
    );
  });
}

test("every place that a token may be in", async () => {
  const token = hs256(claims("header-reader"));
  for (const headers of [
    { authorization: `Bearer ${token}` },
    { authorization: `bearer ${token}` },
    { "x-auth-token": token },
    { "auth-token": token },
  ]) {
    const answer = await new Api(service).get<Snapshot>(`sessions/${session}`, { headers });
    assert.equal(answer.status, 200, JSON.stringify(headers));
    // Off the browser, a socket takes them too.
    const client = await Client.open(service, session, { protocols: ["flagship.v1"], headers });
    assert.equal((await client.hello()).self.id, "header-reader");
    await client.close();
  }
});

test("every shape of payload that is in use", async () => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const shapes: [object, string, string][] = [
    [{ sub: "s1", alias: "A" }, "s1", "A"],
    [{ id: "s2", name: "B" }, "s2", "B"],
    [{ _id: "s3", username: "C" }, "s3", "C"],
    [{ userId: "s4", user: { alias: "D" } }, "s4", "D"],
    [{ user: { id: "s5", name: "E" } }, "s5", "E"],
    [{ user: { _id: "s6" } }, "s6", "Guest s6"],
    [{ id: 7, name: "F" }, "7", "F"],
  ];
  for (const [payload, id, alias] of shapes) {
    const client = await Client.open(service, session, { token: hs256({ ...payload, exp }) });
    const { self } = await client.hello();
    assert.deepEqual([self.id, self.alias], [id, alias]);
    await client.close();
  }
});
