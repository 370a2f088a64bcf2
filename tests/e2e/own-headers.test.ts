// What the service tells itself by headers is not believed from outside, over any route: neither who asks, nor under
// which id it is logged.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { test } from "node:test";
import type { Message, TemplateBody } from "../../client/core/src/generated/protocol.ts";
import { at } from "../../scripts/lib/project.mjs";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { routes, type Scene } from "./support/routes.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";

const service = await startService();

/** Every header that the Worker and its objects have for each other: a new one is among them by itself. */
const OWN = [...readFileSync(at("src", "call.rs"), "utf8").matchAll(/"(x-flagship-[a-z-]+)"/g)].map(
  ([, name]) => name as string,
);

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An id as the service would take it over, if it took one from here. */
const PLANTED = "planted-by-a-client";

/** What somebody would put into such a header who wants to be `whom`, or to be let in. */
function forgeries(whom: Person, ticket: string): string[] {
  const actor = { id: whom.id, alias: whom.alias };
  const expires = { expires_at: 4_000_000_000_000, expiresAt: 4_000_000_000_000 };
  return [
    PLANTED,
    encoded({ Token: { actor, ...expires } }),
    encoded({ Ticket: ticket }),
    JSON.stringify({ Token: { actor, ...expires } }),
  ];
}

async function scene() {
  const [ada, mallory] = [person("Ada"), person("Mallory")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id ?? "";
  const said = (await host.say(room, "said in Blue")).result.message as Message;
  const saved = await api.post<TemplateBody>("templates", { name: "Kept", sessionId: session });
  const template = saved.body.template.id;
  const names = { session, room, message: said.id, template, participant: mallory.id };
  return { ada, mallory, session, host, names };
}

test("there are such headers", () => assert.ok(OWN.length >= 2, OWN.join()));

test("without a token they open no route, whatever they say", async () => {
  const { ada, session, names } = await scene();
  await assertUnchanged(service, session, ada, async () => {
    for (const header of OWN) {
      for (const value of forgeries(ada, "made-up")) {
        for (const { name, method, path, options, isPublic } of routes(names)) {
          if (isPublic || name.endsWith("/socket")) continue;
          const answer = await new Api(service).request(method, path, {
            ...options,
            headers: { [header]: value },
          });
          const refusal = { code: "unauthorized", status: 401, reason: "token_missing" } as const;
          assertProblem(answer, refusal, `${header} ${method} ${path}`);
        }
        const error = await refusedSocket(service, session, { headers: { [header]: value } }, 4401);
        assert.equal(error.code, "unauthorized");
      }
    }
  });
});

/** What a stranger is answered over every route of a session, in short. */
async function answersOf(names: Scene, headers: Record<string, string>): Promise<string[]> {
  // Somebody else each time: nobody asks so much that it is refused for that.
  const api = new Api(service, person("Stranger"));
  const answers: string[] = [];
  for (const { name, method, path, options, isPublic, isOfSession } of routes(names)) {
    if (isPublic || !isOfSession || name.endsWith("/socket")) continue;
    const { status, body, text } = await api.request(method, path, { ...options, headers });
    assert.doesNotMatch(text, /Blue/, `${method} ${path}`);
    answers.push(`${method} ${path} ${status} ${(body as { code?: string } | undefined)?.code}`);
  }
  return answers;
}

test("with somebody's token they change nothing about who asks", async () => {
  const { ada, mallory, session, host, names } = await scene();
  const api = new Api(service, mallory);
  await host.command({ type: "update_session", locked: true });
  await assertUnchanged(service, session, ada, async () => {
    const plain = await answersOf(names, {});
    assert.ok(plain.length > 25, `${plain.length} routes`);
    for (const header of OWN) {
      for (const value of forgeries(ada, "made-up")) {
        assert.deepEqual(await answersOf(names, { [header]: value }), plain, `${header} ${value}`);
      }
    }
  });
  await host.command({ type: "update_session", locked: false });
  for (const header of OWN) {
    for (const value of forgeries(ada, "made-up")) {
      const headers = { [header]: value };
      const client = await Client.open(service, session, { token: mallory.token, headers });
      assert.equal((await client.hello()).self.id, mallory.id, `${header} ${value}`);
      await client.close();
    }
  }
  // Nor does a handshake with a ticket of one's own become another's.
  const { ticket } = (await api.post<{ ticket: string }>(`sessions/${session}/tickets`)).body;
  const headers = Object.fromEntries(
    OWN.map((header) => [header, forgeries(ada, ticket)[1] ?? ""]),
  );
  const client = await Client.open(service, session, { ticket, headers });
  assert.equal((await client.hello()).self.id, mallory.id);
  await client.close();
});

test("nothing of them gets into the log, or into an answer", async () => {
  const { mallory, names } = await scene();
  const headers = Object.fromEntries(OWN.map((header) => [header, PLANTED]));
  for (const { method, path, options, isPublic } of routes(names)) {
    const api = isPublic ? new Api(service) : new Api(service, mallory);
    const answer = await api.request(method, path, { ...options, headers });
    assert.doesNotMatch(`${[...answer.headers]}${answer.text}`, new RegExp(PLANTED), path);
  }
  const client = await Client.open(service, names.session, { token: mallory.token, headers });
  await client.hello();
  await client.close();
  await service.log.find(({ message }) => message === "socket closed");
  assert.doesNotMatch(JSON.stringify(service.log.items), new RegExp(PLANTED));
});

test("a handshake that is refused before it reaches the session is so with them, too", async () => {
  const { ada, session } = await scene();
  const headers = Object.fromEntries(OWN.map((header) => [header, forgeries(ada, "x")[1] ?? ""]));
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const url = new URL(`/api/sessions/${session}`, service.base);
    const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
    const key = { "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };
    const asked = request(url, { headers: { ...headers, ...upgrade, ...key } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("upgrade", () => resolve(101));
    asked.on("error", reject);
    asked.end();
  });
  assert.equal(status, 401);
});
