// Lists of people in and out, and sets of rooms for another session.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Ack,
  ActivityBody,
  AssignmentImport,
  AssignmentList,
  Command,
  CreatedRooms,
  Snapshot,
  TemplateBody,
  TemplatesBody,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, person } from "./support/tokens.ts";

const service = await startService();

async function host() {
  const ada = person("Ada");
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const send = async (command: Command) => {
    const answer = await api.post<Ack>(`sessions/${session}/commands`, {
      id: crypto.randomUUID(),
      command,
    });
    assert.equal(answer.status, 200, answer.text);
    return answer.body.result;
  };
  const read = (text: string) =>
    api.post<AssignmentImport>(`sessions/${session}/assignment-imports`, text, {
      headers: { "content-type": "text/csv" },
    });
  return { ada, api, session, send, read };
}

test("a list is previewed, applied, and given back as it was", async () => {
  const { api, session, send, read } = await host();
  await send({ type: "create_room", name: "Blue", preparing: true });
  const list = [
    "\uFEFFEmail,Name,Room",
    'grace@example.org,"Hopper, Grace",Blue',
    "ben@example.org,Ben,Red",
    "grace@example.org,Twice,Red",
    ",,Blue",
    'odd,"un""quoted"" name",Red,too,many',
  ].join("\r\n");
  const { body: import_ } = await read(list);
  assert.deepEqual(
    import_.guests.map(({ key }) => key),
    ["grace@example.org"],
  );
  assert.deepEqual(
    import_.newRooms.map(({ name, guests }) => [name, guests]),
    [["Red", ["ben@example.org"]]],
  );
  assert.deepEqual(
    import_.problems.map(({ line }) => line),
    [4, 5, 6],
  );
  const untouched = await api.read<Snapshot>(`sessions/${session}`);
  assert.equal(untouched.rooms.length, 1, "nothing has changed");

  await send({ type: "create_rooms", rooms: import_.newRooms });
  await send({ type: "assign_guests", assignments: import_.guests });
  const { guests } = await api.read<AssignmentList>(`sessions/${session}/assignments`);
  assert.equal(guests.length, 2);
  const table = await api.get(`sessions/${session}/assignments?format=csv`);
  assert.equal(table.headers.get("content-type"), "text/csv; charset=utf-8");
  const again = await read(table.text);
  assert.deepEqual(again.body.problems, []);
  assert.deepEqual(again.body.guests, guests);
});

test("ten thousand lines are read, and more are said to be too many", async () => {
  const { read } = await host();
  const lines = (count: number) =>
    ["name,room", ...Array.from({ length: count }, (_, n) => `P${n},Room ${n % 100}`)].join("\n");
  const whole = await read(lines(10_000));
  assert.equal(whole.body.problemCount, 0);
  assert.equal(whole.body.newRooms.flatMap(({ guests }) => guests).length, 10_000);
  const more = await read(lines(10_001));
  assert.equal(more.body.problemCount, 1);
  assert.match(more.body.problems[0]?.message ?? "", /only 10000 people/);
  assertProblem(await read("x".repeat(1024 * 1024 + 1)), { code: "too_large", status: 413 });
  assert.match((await read("")).body.problems[0]?.message ?? "", /nothing in the list/);
});

test("participants neither read nor get lists, nor see how lively rooms are", async () => {
  const { session } = await host();
  const guest = new Api(service, person("Grace"));
  const forbidden = { code: "forbidden", status: 403 } as const;
  assertProblem(await guest.get(`sessions/${session}/assignments`), forbidden);
  assertProblem(await guest.post(`sessions/${session}/assignment-imports`, "name\nBen"), forbidden);
  assertProblem(await guest.get(`sessions/${session}/activity`), forbidden);
  assertProblem(await guest.post("templates", { name: "Mine", sessionId: session }), forbidden);
});

test("the rooms of one session are used again in another", async () => {
  const one = await host();
  await one.send({
    type: "create_rooms",
    rooms: [
      { name: "Blue", capacity: 4, guests: ["grace@example.org"] },
      { name: "Red", guests: [] },
    ],
  });
  const key = "save-1";
  const body = { name: "Weekly", sessionId: one.session };
  const saved = await one.api.post<TemplateBody>("templates", body, { key });
  assert.equal(saved.status, 201, saved.text);
  const repeated = await one.api.post<TemplateBody>("templates", body, { key });
  assert.equal(repeated.headers.get("idempotency-replayed"), "true");
  assert.deepEqual(repeated.body, saved.body);
  const { templates } = await one.api.read<TemplatesBody>("templates");
  assert.deepEqual(templates, [saved.body.template]);

  const next = (await one.api.createSession("Next week")).id;
  const templateId = saved.body.template.id;
  const applied = await one.api.post<CreatedRooms>(`sessions/${next}/templates`, { templateId });
  assert.equal(applied.status, 201, applied.text);
  assert.deepEqual(
    applied.body.rooms.map(({ name, capacity, state }) => [name, capacity, state]),
    [
      ["Blue", 4, "preparing"],
      ["Red", null, "preparing"],
    ],
  );
  const { guests } = await one.api.read<AssignmentList>(`sessions/${next}/assignments`);
  assert.deepEqual(guests, [{ key: "grace@example.org", roomId: applied.body.rooms[0]?.id }]);

  const stranger = new Api(service, person("Mallory"));
  const theirs = await stranger.createSession();
  const notFound = { code: "template_not_found", status: 404 } as const;
  assertProblem(await stranger.post(`sessions/${theirs.id}/templates`, { templateId }), notFound);
  assert.equal((await stranger.request("DELETE", `templates/${templateId}`)).status, 204);
  assert.equal((await one.api.read<TemplatesBody>("templates")).templates.length, 1);
  assert.equal((await one.api.request("DELETE", `templates/${templateId}`)).status, 204);
  assert.deepEqual((await one.api.read<TemplatesBody>("templates")).templates, []);
});

test("how lively rooms are is told without what was said", async () => {
  const { api, session, send } = await host();
  const { room } = await send({ type: "create_room", name: "Blue" });
  await send({ type: "join_room", roomId: room?.id as string });
  await send({ type: "send_message", roomId: room?.id as string, content: "a secret" });
  const answer = await api.get<ActivityBody>(`sessions/${session}/activity`);
  const [blue] = answer.body.rooms;
  assert.deepEqual([blue?.present, blue?.messages, blue?.recentMessages], [1, 1, 1]);
  assert.ok(!answer.text.includes("secret"));
});

test("a list finds who is there by the address of their token, and nobody is moved by what they say", async () => {
  const { session, send, read } = await host();
  const { room } = await send({ type: "create_room", name: "Blue" });
  const [id, email] = [`user-${crypto.randomUUID()}`, `${crypto.randomUUID()}@example.org`];
  const token = hs256(claims(id, { alias: "Grace", email, email_verified: true }));
  const grace = await Client.join(service, session, { id, alias: "Grace", token });
  const ben = person("Ben");
  const other = await Client.join(service, session, ben);
  // Known again after the object was out of memory, from what is kept with the socket.
  await service.evict(session);

  const { body: list, text } = await read(`email,room\n${email.toUpperCase()},Blue\n`);
  assert.deepEqual(list.guests, []);
  assert.deepEqual(
    list.assignments.map(({ participantId, roomId }) => [participantId, roomId]),
    [[id, room?.id]],
  );
  assert.ok(!text.toLowerCase().includes(email), "the answer has no address");

  await send({ type: "assign_guests", assignments: [{ key: email, roomId: room?.id as string }] });
  await grace.settle();
  await other.settle();
  assert.equal(grace.view.participants.get(id)?.roomId, room?.id, "by the command itself");
  assert.ok(!JSON.stringify(other.frames.items).includes(email), "others see no address");
  await send({ type: "move_participant", participantId: id, roomId: "main" });
  await grace.settle();
  await grace.say("main", "hello");
  assert.equal(grace.view.participants.get(id)?.roomId, "main");
});
