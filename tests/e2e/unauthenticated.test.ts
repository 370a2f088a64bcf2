// Whoever cannot show that they may ask reaches no session: its object is neither woken nor looked for.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Ticket } from "../../client/core/src/generated/protocol.ts";
import { at } from "../../scripts/lib/project.mjs";
import { Api } from "./support/api.ts";
import { Client, type Opening } from "./support/client.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { Service, startService } from "./support/service.ts";
import { temporaryStorage } from "./support/storage.ts";
import { claims, hs256, person } from "./support/tokens.ts";
import { untilClock } from "./support/wait.ts";

const described = JSON.parse(readFileSync(at("docs", "protocol", "openapi.json"), "utf8")) as {
  paths: Record<string, Record<string, unknown>>;
};

/** Runs `action`, and gives what the session's object, or one that it made up, was asked in the meantime. */
async function reached(service: Service, action: () => Promise<void>): Promise<unknown[]> {
  const from = service.log.items.length;
  await action();
  // Lines come in order: once this one is there, so are all before it.
  const id = `mark-${from}`;
  await new Api(service).get("openapi.json", { headers: { "x-request-id": id } });
  await service.log.find(({ requestId }) => requestId === id, { from });
  const lines = service.log.items.slice(from);
  return lines.filter(
    ({ message, call }) =>
      // The health check asks an object that is no session.
      ["call", "session restored", "session created", "socket opened"].includes(message) &&
      call !== "Ping",
  );
}

const service = await startService();

test("no route reaches a session’s object without a credential that holds", async () => {
  const [ada, shortly] = [person("Ada"), person("Shortly", 4)];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const other = (await api.createSession()).id;
  const ticketOf = async (who: { token: string }, where: string) =>
    (await new Api(service, who).post<Ticket>(`sessions/${where}/tickets`)).body;
  const elsewhere = (await ticketOf(ada, other)).ticket;
  const late = await ticketOf(shortly, session);
  const good = (await ticketOf(ada, session)).ticket;
  await untilClock(late.expiresAt);
  await service.evict(session);

  const tokens = [
    undefined,
    "not-a-token",
    hs256(claims(ada.id), "another secret, and at least 32 bytes long"),
    hs256({ sub: ada.id, exp: 1 }),
  ];
  const tickets = [
    "",
    "made-up",
    `${good.slice(0, -1)}.`,
    good.toLowerCase(),
    elsewhere,
    late.ticket,
  ];
  let asked = 0;
  const touched = await reached(service, async () => {
    for (const [path, methods] of Object.entries(described.paths)) {
      const where = path
        .replace("/api/", "")
        .replace("{session}", session)
        .replaceAll(/\{\w+\}/g, "r1");
      for (const method of Object.keys(methods)) {
        for (const token of tokens) {
          const anybody = new Api(service, token === undefined ? undefined : { token });
          await anybody.request(method.toUpperCase(), where, { key: "k" });
          // A ticket is for sockets: elsewhere it is nothing, whatever it is.
          await anybody.request(method.toUpperCase(), `${where}?ticket=${good}`, { key: "k" });
          asked += 1;
        }
      }
    }
    const openings: Opening[] = [
      ...tickets.map((ticket) => ({ ticket })),
      ...tokens.map((token) => (token === undefined ? {} : { token })),
    ];
    for (const opening of openings) {
      const error = await refusedSocket(service, session, opening, 4401);
      assert.equal(error.code, "ticket" in opening ? "ticket_invalid" : "unauthorized");
    }
  });
  assert.ok(asked > 100, `${asked}`);
  assert.deepEqual(touched, []);

  // The same, asked by who may, is seen in the log: it would have been before.
  const seen = await reached(service, async () => {
    const client = await Client.open(service, session, { ticket: good });
    assert.equal((await client.hello()).self.id, ada.id);
    await client.close();
  });
  assert.deepEqual(
    (seen as { message: string }[]).map(({ message }) => message),
    ["session restored", "socket opened"],
  );
});

test("a session that is not there is not made by asking for it", async () => {
  const storage = temporaryStorage();
  const running = await Service.start({ storage });
  try {
    const ada = person("Ada");
    const api = new Api(running, ada);
    for (let n = 0; n < 20; n += 1) {
      const path = `sessions/none-${n}`;
      assert.equal((await api.get(path)).status, 404);
      assert.equal(
        (await api.post(`${path}/messages`, { roomId: "main", content: "x" })).status,
        404,
      );
      assert.equal((await api.post(`${path}/tickets`)).status, 404);
      await refusedSocket(running, `none-${n}`, { token: ada.token }, 4404);
    }
  } finally {
    await running.stop();
  }
  // The runtime makes a file for each object that it starts, with nothing in it.
  const files = readdirSync(storage, { recursive: true, encoding: "utf8" }).filter((name) =>
    /SessionObject\/[0-9a-f]+\.sqlite$/.test(name),
  );
  const tables = files.flatMap((name) => {
    const database = new DatabaseSync(join(storage, name), { readOnly: true });
    const found = database.prepare("SELECT name FROM sqlite_master").all();
    database.close();
    return found;
  });
  assert.ok(files.length >= 20, `${files.length}`);
  assert.deepEqual(tables, []);
});
