// Somebody who was banned is out, whichever way they try: every route, every command, sockets, tickets, polls and
// streams, those that were open before among them. A moderator who was banned keeps nothing of the role.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  DebugPermissions,
  DryRun,
  EventsPage,
  Message,
  TemplateBody,
  Ticket,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { routes } from "./support/routes.ts";
import { sampleCommands } from "./support/samples.ts";
import { startService } from "./support/service.ts";
import { Streamer } from "./support/streamer.ts";
import { type Person, person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";
import { until } from "./support/wait.ts";

const service = await startService();

const BANNED = { code: "banned", status: 403 } as const;

/** These say what keeps somebody out, and nothing else. */
const TELLING = ["debug-permissions", "test-breakout-creation"];

/** A session in which `who` is everywhere, with a role, and then banned. `before` is what they hold from then. */
async function scene(role: "participant" | "moderator") {
  const [ada, grace, alan] = [person("Ada"), person("Grace"), person("Alan")];
  const api = new Api(service, grace);
  const session = (await new Api(service, ada).createSession()).id;
  const path = `sessions/${session}`;
  const host = await Client.join(service, session, ada);
  const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id ?? "";
  const first = await Client.join(service, session, grace);
  if (role === "moderator") {
    await host.command({ type: "set_role", participantId: grace.id, role });
  }
  await first.command({ type: "join_room", roomId: room });
  const said = (await first.say(room, "said in Blue")).result.message as Message;
  await host.command({ type: "send_direct_message", participantId: grace.id, content: "said" });
  // A template of her own, so that nothing but the ban refuses it.
  const sessionId = (await api.createSession()).id;
  await api.post(`sessions/${sessionId}/breakout-rooms`, { name: "Hers" });
  const saved = await api.post<TemplateBody>("templates", { name: "Mine", sessionId });
  const names = { room, message: said.id, template: saved.body.template.id, participant: alan.id };
  return { ada, grace, api, session, path, host, room, first, names };
}

/** Says hello, which must be refused, or find the socket closed. */
async function refusedHello(client: Client): Promise<void> {
  client.send({ type: "hello" });
  const { code } = await client.closed;
  assert.equal(code, 4403);
  assert.ok(!client.frames.items.some(({ type }) => type === "welcome"));
  const last = client.frames.items.at(-1);
  assert.ok(last?.type === "nack" && last.error.code === "banned", JSON.stringify(last));
}

async function assertOut(who: Person, at: Awaited<ReturnType<typeof scene>>, cursor: string) {
  const { api, session, path, names } = at;
  for (const { name, method, path, options, isOfSession } of routes({ session, ...names })) {
    if (!isOfSession || name.endsWith("/socket")) continue;
    const what = `${method} ${path}`;
    const answer = await api.request(method, path, options);
    if (TELLING.some((ending) => name.endsWith(ending)) && answer.status === 200) {
      const told = answer.body as Partial<DebugPermissions & DryRun>;
      assert.equal((told.refused ?? told.error)?.code, "banned", what);
      assert.ok(!told.wouldSucceed && !told.permissions?.some(({ allowed }) => allowed), what);
      assert.doesNotMatch(answer.text, /Blue|said/, what);
      continue;
    }
    assertProblem(answer, BANNED, what);
  }
  for (const command of sampleCommands()) {
    assertProblem(await api.post(`${path}/commands`, { command }), BANNED, command.type);
  }
  for (const more of [`?cursor=${encodeURIComponent(cursor)}`, ""]) {
    assertProblem(await api.get(`${path}/events${more}`), BANNED, `events${more}`);
    const headers = { accept: "text/event-stream", "last-event-id": cursor };
    assertProblem(await api.get(`${path}/events${more}`, { headers }), BANNED, `stream${more}`);
  }
  await refusedHello(await Client.open(service, session, { token: who.token }));
  const headers = { authorization: `Bearer ${who.token}` };
  await refusedHello(await Client.open(service, session, { protocols: ["flagship.v1"], headers }));
}

for (const role of ["participant", "moderator"] as const) {
  test(`of a banned ${role} every way in is refused, and every open one is closed`, async () => {
    const at = await scene(role);
    const { ada, grace, api, session, path, host, room, first } = at;
    const second = await Client.join(service, session, grace);
    const silent = await Client.open(service, session, { token: grace.token });
    const { ticket } = (await api.post<Ticket>(`${path}/tickets`)).body;
    const stream = await Streamer.open(service, session, grace);
    await stream.frames.find(({ type }) => type === "welcome");
    const { cursor } = await api.read<EventsPage>(`${path}/events`);
    const waiting = api.get<EventsPage>(`${path}/events?cursor=${encodeURIComponent(cursor)}`);

    await host.command({ type: "ban_participant", participantId: grace.id });
    await host.say(room, "after the ban, in the room");
    await host.say("main", "after the ban, to all");
    for (const client of [first, second]) {
      assert.equal((await client.closed).code, 4403);
      const last = client.frames.items.at(-1);
      assert.equal(last?.type === "nack" && last.error.code, "banned", "and why");
    }
    await until("the stream says why it ends", () =>
      stream.frames.items.some((frame) => frame.type === "nack" && frame.error.code === "banned"),
    );
    await stream.ended;
    assertProblem(await waiting, BANNED, "a poll that waited");

    await assertUnchanged(service, session, ada, async () => {
      await refusedHello(silent);
      await refusedHello(await Client.open(service, session, { ticket }));
      await assertOut(grace, at, cursor);
      await service.evict(session);
      await assertOut(grace, at, cursor);
    });
    for (const { frames } of [first, second, silent, stream]) {
      assert.doesNotMatch(JSON.stringify(frames.items), /after the ban/);
    }
    await host.settle();
    assert.ok(!host.view.participants.has(grace.id) && !host.view.connected.has(grace.id));
  });
}

test("a banned person who never said hello holds no socket that hears anything", async () => {
  const { grace, session, host } = await scene("participant");
  const silent = await RawSocket.open(service, session, grace);
  await host.command({ type: "ban_participant", participantId: grace.id });
  await until("its close was sent", () => silent.received.includes("forbidden"));
  // It does not answer the close, and goes on as if it had not come.
  silent.send({ type: "hello" });
  silent.send({ type: "command", id: "x", command: { type: "join_session" } });
  await host.say("main", "after the ban");
  await host.settle();
  assert.ok(!host.view.connected.has(grace.id) && !host.view.participants.has(grace.id));
  assert.doesNotMatch(silent.received, /after the ban|welcome/);
  silent.cut();
});
