// Requests that come again under their idempotency key, beside commands: answered as the first time, and refused where
// something else is asked for.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  CreatedRooms,
  SessionBody,
  Snapshot,
  TemplateBody,
  TemplatesBody,
  Ticket,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

const service = await startService();

/** A host with a session of two rooms, and how to save them as a template. */
async function designed() {
  const api = new Api(service, person("Ada"));
  const session = (await api.createSession()).id;
  const rooms = ["Blue", "Red"].map((name) => ({ name, guests: [] }));
  const command = { type: "create_rooms", rooms };
  const created = await api.post(`sessions/${session}/commands`, { command });
  assert.equal(created.status, 200, created.text);
  const save = (key: string, name = "Weekly", sessionId = session) =>
    api.post<TemplateBody>("templates", { name, sessionId }, { key });
  const remove = (id: string) => api.request("DELETE", `templates/${id}`);
  return { api, session, save, remove };
}

const mismatch = { code: "idempotency_mismatch", status: 422 } as const;
const notFound = { code: "template_not_found", status: 404 } as const;

test("a key that saved a template saves no other one", async () => {
  const { api, save } = await designed();
  const other = (await api.createSession("Other")).id;
  const room = { type: "create_room", name: "Green" };
  await api.post(`sessions/${other}/commands`, { command: room });
  const first = await save("k");
  assert.equal(first.status, 201, first.text);
  assertProblem(await save("k", "Weekly", other), mismatch);
  assertProblem(await save("k", "Daily"), mismatch);
  const again = await save("k");
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert.deepEqual(again.body, first.body);
  assert.deepEqual((await api.read<TemplatesBody>("templates")).templates, [first.body.template]);
});

test("of two requests with one key at once, both get what was saved, or the reason", async () => {
  const { api, save } = await designed();
  const answers = await Promise.all([save("k"), save("k"), save("k", "Other"), save("k")]);
  const { templates } = await api.read<TemplatesBody>("templates");
  assert.equal(templates.length, 1);
  for (const answer of answers) {
    if (answer.status === 201) assert.deepEqual(answer.body.template, templates[0]);
    else assertProblem(answer, mismatch);
  }
});

test("a template that was deleted is not saved anew by a retry", async () => {
  const { api, save, remove } = await designed();
  const { template } = (await save("k")).body;
  for (const time of ["once", "again"]) {
    const answer = await remove(template.id);
    assert.deepEqual([answer.status, answer.text], [204, ""], time);
  }
  assertProblem(await save("k"), notFound);
  assert.deepEqual((await api.read<TemplatesBody>("templates")).templates, []);
  assert.equal((await save("another")).status, 201);
});

test("a template that was applied is applied once, whatever became of it", async () => {
  const { api, save, remove } = await designed();
  const template = (await save("a")).body.template;
  // The same rooms under another name: another template all the same.
  const twin = (await save("b", "Twin")).body.template;
  const next = (await api.createSession("Next")).id;
  const apply = (templateId: string, key = "k") =>
    api.post<CreatedRooms>(`sessions/${next}/templates`, { templateId }, { key });
  const rooms = async () => (await api.read<Snapshot>(`sessions/${next}`)).rooms.length;
  const first = await apply(template.id);
  assert.equal(first.status, 201, first.text);
  assertProblem(await apply(twin.id), mismatch);
  assert.equal((await remove(template.id)).status, 204);

  for (const evicted of [false, true]) {
    if (evicted) await service.evict(next);
    const again = await apply(template.id);
    assert.equal(again.status, 201, again.text);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    assert.deepEqual(again.body, first.body);
  }
  // D1 is not needed for it.
  await service.database.run("ALTER TABLE templates RENAME TO templates_away");
  try {
    assert.deepEqual((await apply(template.id)).body, first.body);
    assertProblem(await apply(twin.id, "new"), { code: "unavailable", status: 503 });
  } finally {
    await service.database.run("ALTER TABLE templates_away RENAME TO templates");
  }
  assertProblem(await apply(template.id, "new"), notFound);
  assertProblem(await apply(twin.id), mismatch);
  assert.equal(await rooms(), 2);

  // A key that did something else applies nothing.
  const command = { type: "raise_hand", raised: true };
  await api.post(`sessions/${next}/commands`, { command }, { key: "hand" });
  assertProblem(await apply(twin.id, "hand"), mismatch);
});

test("a key that created a session creates no other one", async () => {
  const api = new Api(service, person("Ada"));
  const create = (title: string, more = {}) =>
    api.post<SessionBody>("sessions", { title, ...more }, { key: "k" });
  const first = await create("One");
  assert.equal(first.status, 201, first.text);
  assertProblem(await create("Two"), mismatch);
  assertProblem(await create("One", { anonymous: true }), mismatch);
  const again = await create("One");
  assert.deepEqual([again.status, again.body], [201, first.body]);
  assert.equal(again.headers.get("idempotency-replayed"), "true");
});

test("what changes nothing takes any key, and as often as one asks", async () => {
  const api = new Api(service, person("Ada"));
  const session = (await api.createSession()).id;
  await api.post(`sessions/${session}/breakout-rooms`, { name: "Blue" });
  const key = "k";
  for (const [path, ...bodies] of [
    ["assignment-imports", "name,room\nBen,Blue", "name,room\nAda,Blue"],
    ["cursors", { received: {}, read: {} }, { received: { "room:main": 0 }, read: {} }],
    ["typing", { roomId: "main" }, { roomId: "main" }],
  ] as const) {
    for (const body of bodies) {
      const answer = await api.post(`sessions/${session}/${path}`, body, { key });
      assert.ok(answer.status < 300, `${path} ${answer.text}`);
      assert.equal(answer.headers.get("idempotency-replayed"), null);
    }
  }
  const tickets = [1, 2].map(() =>
    api.post<Ticket>(`sessions/${session}/tickets`, undefined, { key }),
  );
  const [one, two] = await Promise.all(tickets);
  assert.notEqual(one?.body.ticket, two?.body.ticket);
});
