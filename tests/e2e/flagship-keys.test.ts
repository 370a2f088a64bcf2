// FLAGSHIP_KEYS: what is derived from it, what is refused without it, and how it comes to be.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type {
  Health,
  SessionBody,
  Snapshot,
  Ticket,
} from "../../client/core/src/generated/protocol.ts";
import { ensureDeploymentKeys } from "../../scripts/deploy-keys.mjs";
import { ensureDevVars } from "../../scripts/setup/dev-vars.mjs";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { Service } from "./support/service.ts";
import { KEYS, type Person, person } from "./support/tokens.ts";

const OTHER_KEYS = Buffer.alloc(32, "other").toString("base64url");

/** Runs a service with these keys. */
async function withKeys<T>(keys: string, action: (service: Service) => Promise<T>): Promise<T> {
  const service = await Service.start({ variables: { FLAGSHIP_KEYS: keys } });
  try {
    return await action(service);
  } finally {
    await service.stop();
  }
}

async function create(service: Service, who: Person, key: string): Promise<string> {
  const made = await new Api(service, who).post<SessionBody>("sessions", { title: "A" }, { key });
  assert.equal(made.status, 201, made.text);
  return made.body.session.id;
}

/** What anybody can compute who knows a person and their key. */
function guess(who: Person, key: string): string {
  const letters = "0123456789bcdfghjkmnpqrstvwxyz-_";
  const hash = createHash("sha256").update(`flagship session\0${who.id}\0${key}`).digest();
  return [...hash.subarray(0, 16)].map((byte) => letters[byte % 32]).join("");
}

test("a link does not tell whose session it is, to whoever has a list of people", async () => {
  const people = ["Ada", "Grace", "Alan"].map((alias) => person(alias));
  const [ada] = people as [Person];
  const id = await withKeys(KEYS, async (service) => {
    const id = await create(service, ada, "create-1");
    assert.equal(await create(service, ada, "create-1"), id, "a retry creates the same");
    return id;
  });
  assert.ok(!people.map((who) => guess(who, "create-1")).includes(id));
  // Another deployment has another key, and with it other ids.
  assert.notEqual(await withKeys(OTHER_KEYS, (service) => create(service, ada, "create-1")), id);
  const rotated = `${OTHER_KEYS},${KEYS}`;
  assert.equal(await withKeys(rotated, (service) => create(service, ada, "create-1")), id);
});

for (const [what, keys, problem] of [
  ["no key", "", "FLAGSHIP_KEYS is not set"],
  ["a short key", "c2hvcnQ", "entry 1 of FLAGSHIP_KEYS has fewer than 32 bytes"],
  ["a key that is none", `${KEYS},p/q+`, "entry 2 of FLAGSHIP_KEYS is not base64url"],
] as const) {
  test(`with ${what}, what needs one is refused by name, and all else goes on`, () =>
    withKeys(keys, async (service) => {
      const ada = person("Ada");
      const api = new Api(service, ada);
      const misconfigured = {
        code: "misconfigured",
        status: 503,
        reason: "FLAGSHIP_KEYS",
      } as const;
      const refused = [
        await api.post("sessions", { title: "A" }, { key: "k" }),
        await api.post("templates", { name: "A", sessionId: "s" }),
        await api.post("sessions/s/tickets"),
      ];
      for (const answer of refused) {
        const said = assertProblem(answer, misconfigured);
        assert.match(said.message, /FLAGSHIP_KEYS/);
        assert.equal(said.retryable, false);
        assert.ok(!answer.text.includes("p/q+"), "the value is not shown");
      }
      const error = await refusedSocket(service, "s", { ticket: "made-up" }, 4500);
      assert.deepEqual([error.code, error.reason], ["misconfigured", "FLAGSHIP_KEYS"]);
      const line = await service.log.find(({ message }) => message.startsWith("setting missing"));
      assert.deepEqual([line.level, line.error], ["error", problem]);
      const { status, body } = await api.get<Health>("health");
      assert.equal(status, 200);
      assert.equal(body.status, "degraded");
      assert.deepEqual(body.settings, { ok: false, problems: ["FLAGSHIP_KEYS"] });
      assertProblem(await api.get("sessions/none"), { code: "session_not_found", status: 404 });
    }));
}

test("a ticket opens its socket also after an entry was added in front", async () => {
  const storage = mkdtempSync(join(tmpdir(), "flagship-e2e-"));
  const start = (keys: string) => Service.start({ storage, variables: { FLAGSHIP_KEYS: keys } });
  try {
    const ada = person("Ada");
    const before = await start(KEYS);
    const session = await create(before, ada, "k");
    const ask = (service: Service) =>
      new Api(service, ada).post<Ticket>(`sessions/${session}/tickets`);
    const [first, second] = [(await ask(before)).body.ticket, (await ask(before)).body.ticket];
    await before.stop();

    const removed = await start(OTHER_KEYS);
    const error = await refusedSocket(removed, session, { ticket: first }, 4401);
    assert.equal(error.code, "ticket_invalid");
    await removed.stop();

    const rotated = await start(`${OTHER_KEYS},${KEYS}`);
    for (const ticket of [second, (await ask(rotated)).body.ticket]) {
      const client = await Client.open(rotated, session, { ticket });
      assert.equal((await client.hello()).self.id, ada.id);
      await client.close();
    }
    assert.equal(
      (await new Api(rotated, ada).read<Snapshot>(`sessions/${session}`)).session.id,
      session,
    );
    await rotated.stop();
  } finally {
    rmSync(storage, { recursive: true, force: true });
  }
});

describe("the set-up", () => {
  const file = (text?: string) => {
    const path = join(mkdtempSync(join(tmpdir(), "flagship-dev-vars-")), ".dev.vars");
    if (text !== undefined) writeFileSync(path, text);
    ensureDevVars(path);
    const written = readFileSync(path, "utf8");
    ensureDevVars(path);
    assert.equal(readFileSync(path, "utf8"), written, "the second time changes nothing");
    return { path, written };
  };
  const keys = (text: string) => /^FLAGSHIP_KEYS="([\w-]{64})"$/m.exec(text)?.[1];

  test("writes a key of its own", () => {
    const { path, written } = file();
    assert.ok(keys(written));
    assert.match(written, /^JWT_SECRET="/m);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.notEqual(keys(file().written), keys(written));
  });

  test("adds one to a file from before, and leaves what is there", () => {
    for (const text of ['JWT_SECRET="mine"\n', 'JWT_SECRET="mine"', ""]) {
      const { written } = file(text);
      assert.ok(written.startsWith(text));
      assert.ok(keys(written), written);
    }
    assert.equal(file("FLAGSHIP_KEYS=mine\n").written, "FLAGSHIP_KEYS=mine\n");
  });
});

describe("the deployment", () => {
  interface Ran {
    args: string[];
    input: string | undefined;
  }
  type Result = { status: number; stdout: string; stderr: string };
  const done = (stdout = ""): Result => ({ status: 0, stdout, stderr: "" });
  const failed = (stderr: string): Result => ({ status: 1, stdout: "", stderr });

  function deploy(listed: Result, args: string[] = [], put = done()): Ran[] {
    const ran: Ran[] = [];
    ensureDeploymentKeys(args, (args: string[], input?: string) => {
      ran.push({ args, input });
      return args[1] === "list" ? listed : put;
    });
    return ran;
  }

  const noWorker = failed('✘ [ERROR] Worker "flagship" not found.\n\nIf this is a new Worker, …');

  test("makes a key where there is none, and hands it over where nobody sees it", () => {
    for (const listed of [
      done('[{"name":"JWT_SECRET","type":"secret_text"}]'),
      done("[]"),
      noWorker,
    ]) {
      const [, put, ...more] = deploy(listed);
      assert.deepEqual(put?.args, ["secret", "put", "FLAGSHIP_KEYS"]);
      assert.match(put?.input ?? "", /^[\w-]{64}$/);
      assert.deepEqual(more, []);
    }
  });

  test("never replaces one, nor makes one where it cannot be seen whether there is one", () => {
    assert.equal(deploy(done('[{"name":"FLAGSHIP_KEYS","type":"secret_text"}]')).length, 1);
    for (const listed of [failed("network error"), done("odd"), done("{}")]) {
      assert.throws(() => deploy(listed), /cannot be listed/);
    }
    assert.throws(() => deploy(done("[]"), [], failed("refused")), /was not set/);
  });

  test("means the Worker that is deployed", () => {
    const args = ["--env", "staging", "--minify", "--name=other", "-c", "w.toml"];
    const which = ["--env", "staging", "--name=other", "-c", "w.toml"];
    for (const { args: ran } of deploy(done("[]"), args)) {
      assert.deepEqual(ran.slice(-which.length), which);
      assert.ok(!ran.includes("--minify"));
    }
  });
});
