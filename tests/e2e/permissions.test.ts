// Who may do what, as people meet it: nobody is without a role, and a refusal names its rule.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Ack,
  DevelopmentToken,
  MessagesPage,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Service, startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";
import { until } from "./support/wait.ts";

const service = await startService();

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  return { ada, grace, session, path: `sessions/${session}`, host };
}

/** Opens a socket and says hello, which must be refused with this close code. */
async function refusedHello(session: string, token: string, close: number) {
  const client = await Client.open(service, session, { token });
  client.send({ type: "hello" });
  const nack = await client.frames.find((frame) => frame.type === "nack");
  assert.equal((await client.closed).code, close);
  return nack.type === "nack" ? nack.error : undefined;
}

test("somebody never seen before is registered by their first command", async () => {
  const { grace, session, path, host } = await scene();
  const api = new Api(service, grace);
  const posted = await api.post(`${path}/messages`, { roomId: "main", content: "hello" });
  assert.equal(posted.status, 201, posted.text);
  await until("the host sees them", () => host.view.participants.has(grace.id));
  const { joinedAt, ...self } = host.view.participants.get(grace.id) ?? { joinedAt: 0 };
  assert.deepEqual(self, {
    id: grace.id,
    alias: "Grace",
    role: "participant",
    roomId: "main",
    assignedRoomId: null,
    handRaised: false,
    muted: false,
    knockingRoomId: null,
    invitation: null,
  });
  assert.ok(joinedAt > 0);
  await host.settle();
  assert.deepEqual(
    host.view.events.slice(-2).map((event) => event.type),
    ["participant_joined", "message_created"],
  );
  // Over a socket, it is the hello.
  const alan = person("Alan");
  await Client.join(service, session, alan);
  await host.settle();
  assert.ok(host.view.participants.has(alan.id));
  // Looking at it is no action: nobody is registered by that.
  const watcher = person("Watcher");
  await new Api(service, watcher).read<Snapshot>(path);
  await host.settle();
  assert.ok(!host.view.participants.has(watcher.id));
});

test("a refused first command does not register", async () => {
  const { ada, grace, session, path } = await scene();
  await assertUnchanged(service, session, ada, async () => {
    const answer = await new Api(service, grace).post(`${path}/breakout-rooms`, { name: "Mine" });
    assertProblem(answer, { code: "forbidden", status: 403 });
  });
});

test("what a role may not do is refused with the roles that may", async () => {
  const { ada, grace, session, path, host } = await scene();
  const guest = await Client.join(service, session, grace);
  await assertUnchanged(service, session, ada, async () => {
    const error = await guest.refused({ type: "create_room", name: "Mine" });
    assert.deepEqual(
      { code: error.code, needs: error.needs, have: error.have },
      { code: "forbidden", needs: ["host", "moderator"], have: "participant" },
    );
    const answer = await new Api(service, grace).post(`${path}/breakout-rooms`, { name: "Mine" });
    const problem = assertProblem(answer, { code: "forbidden", status: 403 });
    assert.deepEqual([problem.needs, problem.have], [["host", "moderator"], "participant"]);
  });
  await host.command({ type: "set_role", participantId: grace.id, role: "moderator" });
  const made = await guest.command({ type: "create_room", name: "Mine" });
  assert.equal(made.result.room?.createdBy, grace.id);
  const end = await guest.refused({ type: "end_session" });
  assert.deepEqual([end.needs, end.have], [["host"], "moderator"]);
});

test("a locked session lets nobody new in, and those in it stay", async () => {
  const { ada, grace, session, path, host } = await scene();
  const guest = await Client.join(service, session, grace);
  await host.command({ type: "update_session", locked: true });
  await guest.say("main", "still here");
  const alan = person("Alan");
  await assertUnchanged(service, session, ada, async () => {
    const api = new Api(service, alan);
    const refusal = { code: "session_locked", status: 403 } as const;
    assertProblem(await api.get(path), refusal);
    assertProblem(await api.get(`${path}/events`), refusal);
    assertProblem(await api.post(`${path}/tickets`), refusal);
    assertProblem(await api.post(`${path}/messages`, { roomId: "main", content: "x" }), refusal);
    assert.equal((await refusedHello(session, alan.token, 4403))?.code, "session_locked");
  });
  await host.command({ type: "update_session", locked: false });
  await Client.join(service, session, alan);
});

test("a banned person is out at once, stays out, and may come back when let", async () => {
  const { ada, grace, session, path, host } = await scene();
  const guest = await Client.join(service, session, grace);
  const api = new Api(service, grace);
  const secondTab = await Client.join(service, session, grace);
  await host.command({ type: "ban_participant", participantId: grace.id });
  for (const client of [guest, secondTab]) {
    assert.equal((await client.closed).code, 4403);
    const last = client.frames.items.at(-1);
    assert.equal(last?.type === "nack" && last.error.code, "banned", "and why");
  }
  assert.ok(!host.view.participants.has(grace.id));
  await assertUnchanged(service, session, ada, async () => {
    const refusal = { code: "banned", status: 403 } as const;
    assertProblem(await api.get(path), refusal);
    assertProblem(await api.get(`${path}/events`), refusal);
    assertProblem(await api.get(`${path}/messages`), refusal);
    assertProblem(await api.get(`${path}/breakout-rooms`), refusal);
    assertProblem(await api.post(`${path}/tickets`), refusal);
    assertProblem(await api.post(`${path}/messages`, { roomId: "main", content: "x" }), refusal);
    assert.equal((await refusedHello(session, grace.token, 4403))?.code, "banned");
  });
  await host.command({ type: "unban_participant", participantId: grace.id });
  const { self } = await (await Client.open(service, session, { token: grace.token })).hello();
  assert.equal(self.role, "participant");
});

test("an ended session stays readable for those who were in it, and nothing changes", async () => {
  const { ada, grace, session, path, host } = await scene();
  const guest = await Client.join(service, session, grace);
  await guest.say("main", "last words", "last");
  await host.command({ type: "end_session" });
  await until("the guest is told", () => guest.view.session?.state === "ended");
  assert.equal((await guest.refused({ type: "leave_room" })).code, "session_ended");
  const said = await guest.say("main", "last words", "last");
  assert.equal(said.duplicate, true, "what was settled stays settled");
  const api = new Api(service, grace);
  const late = await api.post(`${path}/messages`, { roomId: "main", content: "too late" });
  assertProblem(late, { code: "session_ended", status: 409 });
  const page = await api.read<MessagesPage>(`${path}/messages`);
  assert.equal(page.messages[0]?.content, "last words");
  const again = await Client.open(service, session, { token: ada.token });
  assert.equal((await again.hello()).snapshot?.session.state, "ended");
  const alan = person("Alan");
  assertProblem(await new Api(service, alan).get(path), { code: "session_ended", status: 409 });
  assert.equal((await refusedHello(session, alan.token, 4403))?.code, "session_ended");
});

test("a locked room lets guests in only by a host's hand", async () => {
  const { grace, session, host } = await scene();
  const guest = await Client.join(service, session, grace);
  const room = (await host.command({ type: "create_room", name: "Room", capacity: 1 })).result.room;
  const roomId = room?.id as string;
  await host.command({ type: "update_room", roomId, locked: true });
  assert.equal((await guest.refused({ type: "join_room", roomId })).code, "room_locked");
  await host.command({ type: "move_participant", participantId: grace.id, roomId });
  await guest.say(roomId, "let in");
  const alan = person("Alan");
  const other = await Client.join(service, session, alan);
  await host.command({ type: "update_room", roomId, locked: false });
  assert.equal((await other.refused({ type: "join_room", roomId })).code, "room_full");
  await host.command({ type: "close_room", roomId });
  assert.equal((await other.refused({ type: "join_room", roomId })).code, "room_closed");
  await until(
    "everyone is back in main",
    () => guest.view.participants.get(grace.id)?.roomId === "main",
  );
});

test("tokens for whoever asks are there in development only", async () => {
  const answer = await new Api(service).post("dev/token", { alias: "Ada" });
  assertProblem(answer, { code: "not_found", status: 404 });

  const open = await Service.start({ variables: { ENVIRONMENT: "development" } });
  try {
    const given = await new Api(open).post<DevelopmentToken>("dev/token", { alias: "Ada" });
    assert.equal(given.status, 200);
    const api = new Api(open, given.body);
    const session = await api.createSession();
    assert.equal(session.createdBy, given.body.userId);
    const other = await new Api(open).post<DevelopmentToken>("dev/token", { alias: "Ada" });
    assert.notEqual(other.body.userId, given.body.userId);
    const empty = await new Api(open).post("dev/token", { alias: "" });
    assertProblem(empty, { code: "invalid", status: 422, field: "alias" });
    const ack = await new Api(open, other.body).post<Ack>(`sessions/${session.id}/commands`, {
      command: { type: "join_session" },
    });
    assert.equal(ack.body.result.participant?.alias, "Ada");
  } finally {
    await open.stop();
  }
});
