// What somebody might try who means harm, and nothing else tests: see docs/security.md.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type {
  DirectMessagesPage,
  MessageBody,
  MessagesPage,
  RoomBody,
  Snapshot,
  Ticket,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { refusedSocket } from "./support/refused-socket.ts";
import { Service, startService } from "./support/service.ts";
import { temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

test("the service's own headers, sent by a client, are not believed", async () => {
  const [ada, mallory] = [person("Ada"), person("Mallory")];
  const session = (await new Api(service, ada).createSession()).id;
  const credential = { Token: { actor: { id: ada.id, alias: "Ada" }, expires_at: 4e12 } };
  const headers = {
    "x-flagship-credential": Buffer.from(JSON.stringify(credential)).toString("base64url"),
  };
  const error = await refusedSocket(service, session, { headers }, 4401);
  assert.equal(error.code, "unauthorized");
  const client = await Client.open(service, session, { token: mallory.token, headers });
  assert.equal((await client.hello()).self.id, mallory.id);
  await client.close();
  const asked = await new Api(service).get(`sessions/${session}`, { headers });
  assertProblem(asked, { code: "unauthorized", status: 401, reason: "token_missing" });
});

test("one person's key tells another nothing, and stops nothing", async () => {
  const [ada, mallory] = [person("Ada"), person("Mallory")];
  const session = (await new Api(service, ada).createSession()).id;
  const path = `sessions/${session}/messages`;
  const message = { roomId: "main", content: "mine" };
  await new Api(service, mallory).post(path, { ...message, content: "first" }, { key: "guessed" });
  const answer = await new Api(service, ada).post<MessageBody>(path, message, { key: "guessed" });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get("idempotency-replayed"), null);
  assert.deepEqual([answer.body.message.senderId, answer.body.message.content], [ada.id, "mine"]);
});

test("the sender is who the token says, whatever else is sent", async () => {
  const [ada, mallory] = [person("Ada"), person("Mallory")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, mallory);
  const api = new Api(service, mallory);
  const path = `sessions/${session}`;
  const asAda = {
    ...{ senderId: ada.id, senderAlias: ada.alias, sender_id: ada.id, actor: { id: ada.id } },
    ...{ userId: ada.id, by: ada.id, from: ada.id, sub: ada.id, role: "host", broadcast: true },
  };
  const text = (content: string) => ({ type: "send_message", roomId: "main", content });
  const answers = [
    await api.post(`${path}/messages`, { ...asAda, roomId: "main", content: "by the route" }),
    await api.post(`${path}/commands`, {
      ...asAda,
      command: { ...text("by a command"), ...asAda },
    }),
    await api.post(`${path}/commands`, { command: { ...asAda, ...text("the other way round") } }),
  ];
  for (const { status, text } of answers) assert.ok(status === 200 || status === 201, text);
  const frames = {
    plain: { ...text("by a frame"), ...asAda },
    before: { ...asAda, ...text("the other way round, too") },
    direct: { type: "send_direct_message", participantId: ada.id, content: "to one", ...asAda },
  };
  for (const [id, command] of Object.entries(frames)) {
    const settled = guest.settled(id);
    guest.sendRaw(JSON.stringify({ type: "command", ...asAda, id, command }));
    assert.equal((await settled).type, "ack");
  }
  const told = [
    ...(await new Api(service, ada).read<MessagesPage>(`${path}/messages`)).messages,
    ...(await new Api(service, ada).read<DirectMessagesPage>(`${path}/direct-messages`)).messages,
  ];
  assert.equal(told.length, 6);
  await until("the host has heard all", () => host.view.messages("main").length === 5);
  for (const message of [...told, ...host.view.messages("main")]) {
    assert.deepEqual([message.senderId, message.senderAlias], [mallory.id, mallory.alias]);
  }
  assert.ok(host.view.messages("main").every(({ broadcast }) => !broadcast));
});

/** Texts that are something else to a database, a page, a log or a shell. */
const ODD = [
  "'); DROP TABLE messages; --",
  '"; DELETE FROM sessions; --',
  '<script>alert(1)</script><img src=x onerror="alert(1)">',
  '{"type":"end_session"}',
  "\u2028line\u2029separators",
  "$(id) `id` {{7*7}} %00 ../../etc/passwd",
  '=HYPERLINK("https://evil.example")',
];

test("what people write is data: it comes back as it was, from the journal and the archive", async () => {
  const ada = person("Ada");
  const api = new Api(service, ada);
  const session = (await api.createSession(`Odd ${ODD[0]}`)).id;
  const path = `sessions/${session}`;
  const rooms: string[] = [];
  for (const content of ODD) {
    const said = await api.post(`${path}/messages`, { roomId: "main", content });
    assert.equal(said.status, 201, said.text);
    const name = content.replaceAll(/[\u2028\u2029]/g, "");
    const made = await api.post<RoomBody>(`${path}/breakout-rooms`, { name });
    assert.equal(made.status, 201, made.text);
    rooms.push(made.body.room.name);
  }
  const page = await api.read<MessagesPage>(`${path}/messages`);
  assert.deepEqual(
    page.messages.map(({ content }) => content),
    ODD,
  );
  const snapshot = await api.read<Snapshot>(path);
  assert.deepEqual(
    snapshot.rooms.map(({ name }) => name),
    rooms,
  );
  await until(
    "all is archived",
    async () => (await service.database.count(session)) === ODD.length,
  );
  const archived = await service.database.messages(session);
  assert.deepEqual(
    archived.map(({ content }) => content),
    ODD,
  );
});

test("neither tokens nor tickets are kept, and the log holds nothing that anybody said", async () => {
  const storage = temporaryStorage();
  const running = await Service.start({ storage });
  const ada = person("Alias-that-is-in-no-log");
  const api = new Api(running, ada);
  const session = (await api.createSession("Title-that-is-in-no-log")).id;
  const { ticket } = (await api.post<Ticket>(`sessions/${session}/tickets`)).body;
  const used = (await api.post<Ticket>(`sessions/${session}/tickets`)).body.ticket;
  const client = await Client.open(running, session, { ticket: used });
  await client.hello();
  await client.say("main", "Words-that-are-in-no-log");
  await until("it is archived", async () => (await running.database.count(session)) === 1);
  await client.close();
  await running.log.find(({ message }) => message === "socket closed");
  const log = JSON.stringify(running.log.items);
  await running.stop();

  for (const secret of [ada.token, ticket, used, "in-no-log"]) {
    assert.ok(!log.includes(secret), `in the log: ${secret}`);
  }
  const files = readdirSync(storage, { recursive: true, withFileTypes: true });
  const kept = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name)));
  const has = (text: string) => kept.some((bytes) => bytes.includes(text));
  assert.ok(has("Words-that-are-in-no-log"), "the right files were looked at");
  for (const secret of [ada.token, ada.token.split(".")[2] ?? "", ticket, used]) {
    assert.ok(!has(secret), "kept in a file");
  }
});
