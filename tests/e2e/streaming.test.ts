// Events as a stream: the same frames and cursors as the long poll, resumed without loss or doubles.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RoomBody, ServerFrame, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertWhole } from "./support/history.ts";
import { startKillableService } from "./support/killable.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { Streamer } from "./support/streamer.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

async function scene(running: { base: URL } = service, seconds = 3600) {
  const [ada, grace] = [person("Ada"), person("Grace", seconds)];
  const api = new Api(running as typeof service, ada);
  const session = (await api.createSession()).id;
  return { ada, grace, api, session };
}

const say = async (api: Api, session: string, key: string, roomId = "main") => {
  const answer = await api.post(`sessions/${session}/messages`, { roomId, content: key }, { key });
  assert.equal(answer.status, 201, answer.text);
};

const hasAll = (view: Streamer["view"], room: string, count: number) =>
  until(`${count} messages in ${room}`, () => view.messages(room).length >= count);

const lastWord = (streamer: Streamer) =>
  streamer.frames.find((frame): frame is Extract<ServerFrame, { type: "nack" }> => {
    return frame.type === "nack";
  });

// Two of these wait for a clock: all run side by side.
describe("streaming", { concurrency: true }, () => {
  test("a stream brings what a poll brings, and either goes on where the other was", async () => {
    const { ada, grace, api, session } = await scene();
    const streamer = await Streamer.open(service, session, grace);
    const [first] = [await streamer.frames.find(({ type }) => type === "welcome")];
    assert.ok(first.type === "welcome" && !first.resumed);
    assert.equal(streamer.retry, 1_000);

    const keys = Array.from({ length: 40 }, (_, index) => `m-${index}`);
    for (const key of keys.slice(0, 20)) await say(api, session, key);
    await hasAll(streamer.view, "main", 20);
    await streamer.stop();

    const poller = new Poller(service, session, grace);
    await poller.poll();
    poller.cursor = streamer.cursor;
    for (const key of keys.slice(20, 30)) await say(api, session, key);
    const page = await poller.poll();
    const events = page.frames.filter((frame) => frame.type === "events");
    assert.deepEqual(
      events.flatMap(({ from }) => from),
      [20],
    );

    streamer.cursor = page.cursor;
    for (const frame of page.frames) streamer.view.apply(frame);
    const again = await Streamer.open(service, session, grace, streamer);
    for (const key of keys.slice(30)) await say(api, session, key);
    await hasAll(again.view, "main", 40);
    assertWhole(again.view.messages("main"), keys, "over both ways");
    again.view.assertSameState(await api.read<Snapshot>(`sessions/${session}`));
    assert.ok(!again.frames.items.some(({ type }) => type === "welcome"), "it went on");
    await again.stop();
    assert.ok(ada);
  });

  test("a stream that is cut again and again loses nothing and brings nothing twice", async () => {
    const { grace, api, session } = await scene();
    const room = (await api.post<RoomBody>(`sessions/${session}/breakout-rooms`, { name: "R" }))
      .body.room.id;
    let streamer = await Streamer.open(service, session, grace);
    const join = `sessions/${session}/breakout-rooms/${room}/join`;
    assert.equal((await new Api(service, grace).post(join)).status, 200);
    const keys: string[] = [];
    for (let cut = 0; cut < 6; cut += 1) {
      for (let i = 0; i < 10; i += 1) {
        const key = `cut-${cut}-${i}`;
        keys.push(key);
        await say(api, session, key, room);
        // Mid-conversation, wherever the stream is then.
        if (i === 4) await streamer.stop();
      }
      streamer = await Streamer.open(service, session, grace, streamer);
    }
    await hasAll(streamer.view, room, keys.length);
    assertWhole(streamer.view.messages(room), keys, "after the cuts");
    streamer.view.assertSameState(await api.read<Snapshot>(`sessions/${session}`));
    await streamer.stop();
  });

  test("a stream ends when the service is killed, and goes on when it is back", async () => {
    const killable = await startKillableService();
    const { grace, api, session } = await scene(killable);
    const before = await Streamer.open(killable, session, grace);
    for (let i = 0; i < 5; i += 1) await say(api, session, `before-${i}`);
    await hasAll(before.view, "main", 5);
    await killable.kill();
    await before.ended;
    await killable.start();
    for (let i = 0; i < 5; i += 1) await say(api, session, `after-${i}`);
    const after = await Streamer.open(killable, session, grace, before);
    await hasAll(after.view, "main", 10);
    assert.deepEqual(after.view.faults, []);
    await after.stop();
  });

  test("an idle stream says that it is there", async () => {
    const { grace, session } = await scene();
    const streamer = await Streamer.open(service, session, grace);
    const frames = streamer.frames.items.length;
    await streamer.comments.find(() => true, { ms: 20_000 });
    assert.ok(streamer.frames.items.length <= frames + 1, "and nothing else");
    await streamer.stop();
  });

  test("a stream lasts no longer than its token, and says so", async () => {
    const { grace, session } = await scene(service, 8);
    const streamer = await Streamer.open(service, session, grace);
    const { error } = await lastWord(streamer);
    assert.deepEqual([error.code, error.reason], ["unauthorized", "token_expired"]);
    await streamer.ended;
  });

  test("whoever is banned hears it, and no more", async () => {
    const { grace, api, session } = await scene();
    const streamer = await Streamer.open(service, session, grace);
    const command = { type: "ban_participant", participantId: grace.id };
    assert.equal((await api.post(`sessions/${session}/commands`, { command })).status, 200);
    assert.equal((await lastWord(streamer)).error.code, "banned");
    await streamer.ended;
    await say(api, session, "without-her");
    assert.deepEqual(streamer.view.messages("main"), []);
  });

  for (const [how, code] of [
    ["remove_participant", "removed"],
    ["leave_session", "forbidden"],
  ] as const) {
    test(`a stream does not bring back a participant after ${how}`, async () => {
      const { ada, grace, api, session } = await scene();
      const streamer = await Streamer.open(service, session, grace);
      await streamer.frames.find(({ type }) => type === "welcome");
      const [by, command] =
        how === "remove_participant"
          ? [ada, { type: how, participantId: grace.id }]
          : [grace, { type: how }];
      const answer = await new Api(service, by).post(`sessions/${session}/commands`, { command });
      assert.equal(answer.status, 200, answer.text);
      await streamer.ended;
      assert.equal((await lastWord(streamer)).error.code, code);
      const { participants } = await api.read<Snapshot>(`sessions/${session}`);
      assert.ok(participants.every(({ id }) => id !== grace.id));
    });
  }

  test("what cannot be followed is refused as any request is", async () => {
    const { grace, session } = await scene();
    const ask = (path: string, who?: Person, more = {}) =>
      new Api(service, who).get(path, { headers: { accept: "text/event-stream", ...more } });
    const events = `sessions/${session}/events`;
    assertProblem(await ask(events), {
      code: "unauthorized",
      status: 401,
      reason: "token_missing",
    });
    assertProblem(await ask("sessions/none/events", grace), { code: "session_not_found" });
    const odd = await ask(events, grace, { "last-event-id": "odd" });
    assertProblem(odd, { code: "invalid", status: 422, field: "cursor" });
  });

  test("a stream and a socket of two people agree", async () => {
    const { ada, grace, api, session } = await scene();
    const host = await Client.join(service, session, ada);
    const streamer = await Streamer.open(service, session, grace);
    await Promise.all(Array.from({ length: 50 }, (_, index) => host.say("main", `s-${index}`)));
    await hasAll(streamer.view, "main", 50);
    assert.deepEqual(streamer.view.messages("main"), host.view.messages("main"));
    await until("each knows of the other", () =>
      [host, streamer].every(
        ({ view }) => view.connected.has(ada.id) && view.connected.has(grace.id),
      ),
    );
    streamer.view.assertAgrees(await api.read<Snapshot>(`sessions/${session}`));
    await streamer.stop();
  });
});
