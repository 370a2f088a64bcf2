// Somebody who was removed acts as anybody who was never more than a participant, whichever way they ask.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

/** A session with a moderator and two rooms, in one of which something was said. */
async function scene() {
  const [ada, barbara, grace] = [person("Ada"), person("Barbara"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const moderator = await Client.join(service, session, barbara);
  const guest = await Client.join(service, session, grace);
  await host.command({ type: "set_role", participantId: barbara.id, role: "moderator" });
  const created = await host.command({ type: "create_room", name: "Blue" });
  const room = created.result.room?.id as string;
  await guest.command({ type: "join_room", roomId: room });
  const said = (await guest.say(room, "in Blue")).result.message?.id as string;
  return { ada, barbara, grace, session, host, moderator, guest, room, said };
}

/** Every route of a session with what is asked of it, for somebody who is no moderator and not in the room. */
function requests(session: string, room: string, said: string) {
  const path = `/api/sessions/${session}`;
  const debug = `/api/debug-breakout/${session}`;
  const refused = { refused: true };
  return new Map<string, { method: string; path: string; body?: unknown; refused?: boolean }>(
    Object.entries({
      "GET /api/sessions/{session}": { method: "GET", path },
      "POST /api/sessions/{session}/commands": {
        method: "POST",
        path: `${path}/commands`,
        body: { command: { type: "ban_participant", participantId: "nobody" } },
        ...refused,
      },
      "GET /api/sessions/{session}/breakout-rooms": {
        method: "GET",
        path: `${path}/breakout-rooms`,
      },
      "POST /api/sessions/{session}/breakout-rooms": {
        method: "POST",
        path: `${path}/breakout-rooms`,
        body: { name: "Red" },
        ...refused,
      },
      "PATCH /api/sessions/{session}/breakout-rooms/{room}": {
        method: "PATCH",
        path: `${path}/breakout-rooms/${room}`,
        body: { name: "Red" },
        ...refused,
      },
      "DELETE /api/sessions/{session}/breakout-rooms/{room}": {
        method: "DELETE",
        path: `${path}/breakout-rooms/${room}`,
        ...refused,
      },
      "POST /api/sessions/{session}/breakout-rooms/{room}/close": {
        method: "POST",
        path: `${path}/breakout-rooms/${room}/close`,
        ...refused,
      },
      "GET /api/sessions/{session}/messages": {
        method: "GET",
        path: `${path}/messages?room=${room}`,
        ...refused,
      },
      "GET /api/sessions/{session}/messages/{message}": {
        method: "GET",
        path: `${path}/messages/${said}`,
        ...refused,
      },
      "GET /api/sessions/{session}/direct-messages": {
        method: "GET",
        path: `${path}/direct-messages`,
      },
      "GET /api/sessions/{session}/search": { method: "GET", path: `${path}/search?q=Blue` },
      "GET /api/sessions/{session}/receipts": {
        method: "GET",
        path: `${path}/receipts?room=${room}`,
        ...refused,
      },
      "POST /api/sessions/{session}/cursors": {
        method: "POST",
        path: `${path}/cursors`,
        body: { received: {}, read: {} },
        ...refused,
      },
      "POST /api/sessions/{session}/typing": {
        method: "POST",
        path: `${path}/typing`,
        body: { roomId: "main" },
        ...refused,
      },
      "GET /api/sessions/{session}/activity": {
        method: "GET",
        path: `${path}/activity`,
        ...refused,
      },
      "POST /api/sessions/{session}/assignment-proposals": {
        method: "POST",
        path: `${path}/assignment-proposals`,
        body: { strategy: "random" },
        ...refused,
      },
      "POST /api/sessions/{session}/assignment-imports": {
        method: "POST",
        path: `${path}/assignment-imports`,
        body: "name,room\nGrace,Blue\n",
        ...refused,
      },
      "GET /api/sessions/{session}/assignments": {
        method: "GET",
        path: `${path}/assignments`,
        ...refused,
      },
      "POST /api/templates": {
        method: "POST",
        path: "/api/templates",
        body: { name: "Mine", sessionId: session },
        ...refused,
      },
      "GET /api/sessions/{session}/debrief": { method: "GET", path: `${path}/debrief`, ...refused },
      "POST /api/sessions/{session}/tickets": { method: "POST", path: `${path}/tickets` },
      "GET /api/debug-breakout/{session}/debug-permissions": {
        method: "GET",
        path: `${debug}/debug-permissions`,
      },
      "POST /api/debug-breakout/{session}/test-breakout-creation": {
        method: "POST",
        path: `${debug}/test-breakout-creation`,
      },
    }),
  );
}

/** By these one comes in, as anybody may, or they are about no session, or about a template. */
const OTHERS = [
  "GET /api/sessions/{session}/events",
  "GET /api/sessions/{session}/socket",
  "POST /api/sessions/{session}/messages",
  "POST /api/sessions/{session}/breakout-rooms/{room}/join",
  "POST /api/sessions/{session}/breakout-rooms/{room}/leave",
  "POST /api/sessions/{session}/templates",
  "POST /api/sessions",
  "GET /api/templates",
  "DELETE /api/templates/{template}",
  "GET /api/health",
  "GET /api/metrics",
  "GET /api/openapi.json",
  "POST /api/dev/token",
];

/** Every route that there is. */
function routes(): string[] {
  const description = new URL("../../docs/protocol/openapi.json", import.meta.url);
  const { paths } = JSON.parse(readFileSync(description, "utf8")) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

test("a removed moderator is refused by every route what moderators alone may", async () => {
  const { barbara, session, host, room, said } = await scene();
  const all = requests(session, room, said);
  assert.deepEqual([...all.keys(), ...OTHERS].sort(), routes().sort(), "no route is left out");
  const api = new Api(service, barbara);
  await host.command({ type: "remove_participant", participantId: barbara.id });
  const before = host.view.events.length;
  for (const [route, { method, path, body, refused }] of all) {
    const answer = await api.request(method, path.slice("/api/".length), { body });
    if (refused) {
      assert.ok([403, 404].includes(answer.status), `${route}: ${answer.status} ${answer.text}`);
      const { code } = answer.body as { code: string };
      const codes = ["forbidden", "not_in_room", "message_not_found", "removed"];
      assert.ok(codes.includes(code), `${route}: ${code}`);
    } else if (answer.status === 403) {
      assert.equal((answer.body as { code: string }).code, "removed", `${route}: ${answer.text}`);
    } else {
      assert.ok([200, 201].includes(answer.status), `${route}: ${answer.status} ${answer.text}`);
      assert.ok(!answer.text.includes('"guests":'), `${route} tells nothing that moderators know`);
    }
    assert.ok(!answer.text.includes("in Blue"), `${route} tells nothing that was said there`);
  }
  await host.settle();
  assert.equal(host.view.events.length, before, "nothing happened by it");
});

test("who comes back after a removal is a participant, for everybody and in the archive", async () => {
  const { ada, barbara, session, host, moderator, guest } = await scene();
  await host.command({ type: "remove_participant", participantId: barbara.id });
  assert.equal((await moderator.closed).code, 4411);
  const { client } = await moderator.reconnect();
  await until("they are back", () => client.view.participants.has(barbara.id));
  assert.equal(client.view.participants.get(barbara.id)?.role, "participant");
  const refusal = await client.refused({ type: "ban_participant", participantId: ada.id });
  assert.equal(refusal.code, "forbidden");
  const shown = await new Api(service, ada).read<Snapshot>(`sessions/${session}`);
  for (const one of [host, guest, client]) {
    await one.settle();
    one.view.assertAgrees(shown);
  }
  await until("the archive has it", async () => {
    const sql = "SELECT role FROM members WHERE session_id = ? AND id = ?";
    const [row] = await service.database.query<{ role: string }>(sql, session, barbara.id);
    return row?.role === "participant";
  });
});

test("a host who left gets the debrief after the end, and before it by coming in", async () => {
  const { ada, barbara, session, host, moderator } = await scene();
  await host.command({ type: "set_role", participantId: barbara.id, role: "host" });
  await host.command({ type: "leave_session" });
  const api = new Api(service, ada);
  const path = `sessions/${session}`;
  assertProblem(await api.get(`${path}/debrief`), { code: "forbidden", status: 403 });
  const joined = await api.post(`${path}/commands`, { command: { type: "join_session" } });
  assert.equal(joined.status, 200, joined.text);
  assert.equal((await api.get(`${path}/debrief`)).status, 200);
  await api.post(`${path}/commands`, { command: { type: "leave_session" } });
  await moderator.command({ type: "end_session" });
  assert.equal((await api.get(`${path}/debrief`)).status, 200);
});
