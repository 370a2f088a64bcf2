// What one may read of a breakout room: what was said there during one's stays, whichever way one reads it. The rule is
// in crates/session/src/reading.rs; here is that every way keeps to it, on the real runtime.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type {
  Ack,
  Command,
  Message,
  MessageBody,
  MessagesPage,
  Receipts,
  RoomBody,
  SearchPage,
  ServerFrame,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { type Running, Service } from "./support/service.ts";
import { loseObjects, spoilJournals, temporaryStorage } from "./support/storage.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const contents = (messages: readonly Message[] | undefined) =>
  (messages ?? []).map(({ content }) => content);

/** Somebody's way into a session over HTTP. */
class Visitor {
  readonly who: Person;
  readonly api: Api;
  readonly #path: string;

  constructor(service: Running, session: string, who: Person) {
    this.who = who;
    this.api = new Api(service, who);
    this.#path = `sessions/${session}`;
  }

  async does(command: Command, key: string = randomUUID()): Promise<Ack> {
    const answer = await this.tries(command, key);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  }

  tries(command: Command, key: string = randomUUID()) {
    return this.api.post<Ack>(`${this.#path}/commands`, { id: key, command });
  }

  async say(roomId: string, content: string): Promise<Message> {
    const { result } = await this.does({ type: "send_message", roomId, content });
    return result.message as Message;
  }

  enter = (roomId: string) => this.does({ type: "join_room", roomId });
  leave = () => this.does({ type: "leave_room" });
  page = (room: string, query = "") =>
    this.api.read<MessagesPage>(`${this.#path}/messages?room=${room}${query}`);
  message = (id: string) => this.api.get<MessageBody>(`${this.#path}/messages/${id}`);
  receipts = (room: string) => this.api.read<Receipts>(`${this.#path}/receipts?room=${room}`);
  get = (what: string) => this.api.get(`${this.#path}${what}`);
  search = async (query: string) =>
    contents((await this.api.read<SearchPage>(`${this.#path}/search?${query}`)).messages);
}

/**
 * Linus talks in a room the whole time. Grace is there, goes, and comes back, and Ken has been there for the first word
 * only: `before`, `first stay`, `between`, `second stay`, at the places 1 to 4.
 */
async function scene(service: Running) {
  const [ada, grace, linus, ken] = [
    person("Ada"),
    person("Grace"),
    person("Linus"),
    person("Ken"),
  ] as const;
  const session = (await new Api(service, ada).createSession()).id;
  const visitor = (who: Person) => new Visitor(service, session, who);
  const [host, guest, talker, early] = [visitor(ada), visitor(grace), visitor(linus), visitor(ken)];
  const room = ((await host.does({ type: "create_room", name: "Blue" })).result as RoomBody).room
    .id;
  await talker.enter(room);
  await early.enter(room);
  const said = [await talker.say(room, "before")];
  await early.leave();
  await guest.enter(room);
  said.push(await talker.say(room, "first stay"));
  return { service, session, room, host, guest, talker, early, said };
}

type Scene = Awaited<ReturnType<typeof scene>>;

async function secondStay({ guest, talker, room, said }: Scene): Promise<void> {
  await guest.leave();
  said.push(await talker.say(room, "between"));
  await guest.enter(room);
  said.push(await talker.say(room, "second stay"));
}

/** Sends so many commands, some at once, and waits for the answers. */
async function several(
  client: Client,
  count: number,
  command: (number: number) => Command,
): Promise<void> {
  for (let begun = 0; begun < count; begun += 50) {
    const frames = Array.from({ length: 50 }, (_, index) => ({
      type: "command" as const,
      id: randomUUID(),
      command: command(begun + index),
    }));
    client.send(frames);
    await client.settled(frames.at(-1)?.id ?? "");
  }
}

describe("what was said while one was out of the room is", () => {
  let service: Service;
  before(async () => {
    service = await Service.start();
  });
  after(() => service.stop());

  test("not told to who comes in, by a socket or a poll", async () => {
    const { session, room, talker, guest } = await scene(service);
    const ken = person("Ken");
    const client = await Client.join(service, session, ken);
    const entered = await client.command({ type: "join_room", roomId: room });
    assert.equal(entered.streams?.[`room:${room}`], 2);
    assert.deepEqual(contents(entered.messages), []);
    await talker.say(room, "for all three");
    const fresh = await Client.join(service, session, ken);
    const [welcome] = fresh.frames.items;
    assert.ok(welcome?.type === "welcome");
    assert.deepEqual(contents(welcome.snapshot?.messages), ["for all three"]);
    const snapshot = await new Api(service, ken).read<Snapshot>(`sessions/${session}`);
    assert.deepEqual(contents(snapshot.messages), ["for all three"]);
    const poller = new Poller(service, session, ken);
    await poller.poll();
    const [polled] = poller.frames.items;
    assert.ok(polled?.type === "welcome");
    assert.deepEqual(contents(polled.snapshot?.messages), ["for all three"]);
    const other = await Client.join(service, session, guest.who);
    const [hers] = other.frames.items;
    assert.ok(hers?.type === "welcome");
    assert.deepEqual(contents(hers.snapshot?.messages), ["first stay", "for all three"]);
    for (const one of [client, fresh, other]) {
      assert.deepEqual(one.view.faults, []);
      await one.close();
    }
  });

  test("not told to who was moved out and back in", async () => {
    const { session, room, host, guest, talker } = await scene(service);
    const client = await Client.join(service, session, guest.who);
    const mover = await Client.join(service, session, host.who);
    const move = (roomId: string) =>
      ({ type: "move_participant", participantId: guest.who.id, roomId }) as const;
    const say = { type: "send_message", roomId: room, content: "between" } as const;
    // One after the other, and then so close together that all of it goes out at once.
    for (const command of [move("main"), say, move(room)]) await mover.command(command);
    const commands = [move("main"), say, move(room)].map((command) => ({
      type: "command" as const,
      id: randomUUID(),
      command,
    }));
    mover.send(commands);
    await mover.settled(commands.at(-1)?.id ?? "");
    const last = await talker.say(room, "at last");
    await client.frames.find((frame) => JSON.stringify(frame).includes(last.id));
    assert.ok(!JSON.stringify(client.frames.items).includes("between"));
    assert.deepEqual(client.view.faults, []);
    await mover.close();
    await client.close();
  });

  test("not in a resume, which says from where the room goes on", async () => {
    const here = await scene(service);
    const client = await Client.join(service, here.session, here.guest.who);
    await client.close();
    await secondStay(here);
    const { client: again, welcome } = await client.reconnect();
    assert.equal(welcome.resumed, true);
    assert.equal(welcome.streams[`room:${here.room}`], 4);
    assert.deepEqual(contents(welcome.messages), ["second stay"]);
    const next = await here.talker.say(here.room, "live");
    await again.frames.find((frame) => JSON.stringify(frame).includes(next.id));
    assert.ok(!JSON.stringify(again.frames.items).includes("between"));
    assert.deepEqual(again.view.faults, []);
    await again.close();
  });

  test("not in a poll that goes on from before", async () => {
    const here = await scene(service);
    const poller = new Poller(service, here.session, here.guest.who);
    await poller.poll();
    await secondStay(here);
    const { frames } = await poller.poll();
    const text = JSON.stringify(frames);
    assert.ok(text.includes("second stay") && !text.includes("between"), text);
    const isChange = (frame: ServerFrame) =>
      frame.type === "notice" && frame.code === "streams_changed";
    const change = frames.find(isChange) as { streams: Record<string, number> } | undefined;
    assert.equal(change?.streams[`room:${here.room}`], 4);
    assert.deepEqual(poller.view.faults, []);
  });

  test("told as a gap by pages of history, in both directions", async () => {
    const here = await scene(service);
    await secondStay(here);
    const { guest, host, early, talker, room } = here;
    const whole = await guest.page(room);
    assert.deepEqual(contents(whole.messages), ["first stay", "second stay"]);
    assert.deepEqual(whole.gaps, [
      { after: 0, before: 2 },
      { after: 2, before: 4 },
    ]);
    assert.deepEqual([whole.before, whole.after], [null, null]);
    const newest = await guest.page(room, "&limit=1");
    assert.deepEqual(
      [contents(newest.messages), newest.before, newest.gaps],
      [["second stay"], 4, undefined],
    );
    const older = await guest.page(room, `&limit=1&before=${newest.before}`);
    assert.deepEqual(
      [contents(older.messages), older.before, older.after],
      [["first stay"], null, 2],
    );
    assert.deepEqual(older.gaps, whole.gaps);
    const first = await guest.page(room, "&limit=1&after=0");
    assert.deepEqual(
      [contents(first.messages), first.before, first.after],
      [["first stay"], null, 2],
    );
    assert.deepEqual(first.gaps, [{ after: 0, before: 2 }]);
    const then = await guest.page(room, "&limit=1&after=2");
    assert.deepEqual(
      [contents(then.messages), then.after, then.gaps],
      [["second stay"], null, [{ after: 2, before: 4 }]],
    );
    assert.deepEqual(contents((await early.page(room)).messages), ["before"]);
    assert.equal((await early.page(room)).gaps, undefined, "who has left misses nothing");
    for (const all of [host, talker]) {
      const page = await all.page(room);
      assert.equal(page.messages.length, 4);
      assert.equal(page.gaps, undefined);
    }
  });

  test("not there as a single message, nor to be found, answered or reacted to", async () => {
    const here = await scene(service);
    await secondStay(here);
    const { guest, host, room, said } = here;
    for (const [index, status] of [404, 200, 404, 200].entries()) {
      const id = said[index]?.id ?? "";
      assert.equal((await guest.message(id)).status, status, said[index]?.content);
      assert.equal((await host.message(id)).status, 200);
      const code = status === 200 ? undefined : "message_not_found";
      const reaction = {
        type: "react_to_message",
        messageId: id,
        emoji: "👍",
        added: true,
      } as const;
      const reply = {
        type: "send_message",
        roomId: room,
        content: "to that",
        replyTo: id,
      } as const;
      for (const command of [reaction, reply]) {
        const answer = await guest.tries(command);
        assert.equal((answer.body as { code?: string }).code, code, answer.text);
      }
    }
    for (const query of ["q=before", "q=between", `q=before&room=${room}`]) {
      assert.deepEqual(await guest.search(query), []);
      assert.equal((await host.search(query)).length, 1);
    }
    assert.deepEqual(await guest.search("q=stay"), ["second stay", "first stay"]);
  });

  test("not in receipts", async () => {
    const here = await scene(service);
    await secondStay(here);
    const { host, early, talker, room, session } = here;
    const reached = { received: { [`room:${room}`]: 4 }, read: { [`room:${room}`]: 3 } };
    const moved = await talker.api.post(`sessions/${session}/cursors`, reached);
    assert.equal(moved.status, 204, moved.text);
    const all = await host.receipts(room);
    assert.deepEqual([all.received, all.read], [[[4, 1]], [[3, 1]]]);
    const own = await early.receipts(room);
    assert.deepEqual([own.received, own.read], [[[1, 1]], [[1, 1]]]);
  });

  test("not learnt by an edit", async () => {
    const here = await scene(service);
    await secondStay(here);
    const { talker, guest, said } = here;
    const edit = (index: number): Command => ({
      type: "edit_message",
      messageId: said[index]?.id ?? "",
      content: "edited",
    });
    assertProblem(await talker.tries(edit(2)), { code: "audience_changed", status: 409 });
    await talker.does(edit(1));
    await guest.leave();
    await talker.does(edit(2));
  });

  test("read by a session's setting, as far back as the room's round goes", async () => {
    const { session, room, host, talker } = await scene(service);
    await host.does({ type: "update_session", chatHistory: "round" });
    const ken = person("Ken");
    const late = new Visitor(service, session, ken);
    await late.enter(room);
    assert.deepEqual(contents((await late.page(room)).messages), ["before", "first stay"]);
    await host.does({ type: "close_room", roomId: room });
    await host.does({ type: "open_rooms", roomIds: [room] });
    await late.enter(room);
    await talker.enter(room);
    await talker.say(room, "the next group");
    const newcomer = new Visitor(service, session, person("Radia"));
    await newcomer.enter(room);
    const page = await newcomer.page(room);
    assert.deepEqual(contents(page.messages), ["the next group"]);
    assert.deepEqual(page.gaps, [{ after: 0, before: 3 }]);
    const { rooms } = await host.api.read<Snapshot>(`sessions/${session}`);
    assert.deepEqual(rooms[0]?.rounds, [{ round: 0, after: 2 }]);
  });

  test("kept from who was removed, and all else, until they are back", async () => {
    const here = await scene(service);
    const { host, guest, room, said, session } = here;
    await host.does({ type: "remove_participant", participantId: guest.who.id });
    const ways = [
      "",
      `/messages?room=${room}`,
      "/messages",
      `/messages/${said[1]?.id}`,
      "/search?q=stay",
      "/direct-messages",
      `/receipts?room=${room}`,
      "/breakout-rooms",
    ];
    for (const way of ways) {
      assertProblem(await guest.get(way), { code: "removed", status: 403 }, way);
    }
    await guest.does({ type: "join_session" });
    for (const way of ways) assert.equal((await guest.get(way)).status, 200, way);
    assert.deepEqual(contents((await guest.page(room)).messages), ["first stay"]);
    assert.equal(here.session, session);
  });

  test("withheld far back as well, where pages come from the archive", async () => {
    const here = await scene(service);
    const { guest, talker, host, room, session, said } = here;
    await guest.leave();
    const client = await Client.join(service, session, talker.who);
    const last = 700;
    await several(client, last, (number) => ({
      type: "send_message",
      roomId: room,
      content: `many ${number}`,
    }));
    await guest.enter(room);
    said.push(await talker.say(room, "at the end"));
    await until("all is archived", async () => (await service.database.count(session)) >= last + 2);
    const newest = await guest.page(room);
    assert.deepEqual(contents(newest.messages), ["first stay", "at the end"]);
    assert.deepEqual(newest.gaps, [
      { after: 0, before: 2 },
      { after: 2, before: last + 3 },
    ]);
    const far = await guest.page(room, "&before=100");
    assert.deepEqual(
      [contents(far.messages), far.gaps],
      [["first stay"], newest.gaps?.slice(0, 1)],
    );
    const forwards = await guest.page(room, "&after=0&limit=1");
    assert.deepEqual([contents(forwards.messages), forwards.after], [["first stay"], 2]);
    assert.equal((await host.page(room, "&before=100&limit=100")).messages.length, 99);
    await client.close();
  });
});

describe("a command that comes again", () => {
  let service: Service;
  // Not while tests are only gathered: where none of these is asked for, nobody would stop it.
  before(async () => {
    service = await Service.start();
  });
  after(() => service.stop());

  test("tells a banned person nothing, over both ways", async () => {
    const { session, room, host, guest } = await scene(service);
    const client = await Client.join(service, session, guest.who);
    const send = { type: "send_message", roomId: room, content: "hello" } as const;
    await client.command(send, "k1");
    await host.does({ type: "ban_participant", participantId: guest.who.id });
    await client.closed;
    assertProblem(await guest.tries(send, "k1"), { code: "banned", status: 403 });
    const asMessage = await guest.api.post(
      `sessions/${session}/messages`,
      { roomId: room, content: "hello" },
      { key: "k1" },
    );
    assertProblem(asMessage, { code: "banned", status: 403 });
    const other = { ...send, content: "something else" };
    assertProblem(await guest.tries(other, "k1"), { code: "banned", status: 403 });
  });

  test("gives ids and positions, and what was said only to who may read it, also from runs of keys", async () => {
    const { session, room, host, guest, talker } = await scene(service);
    const send = { type: "send_message", roomId: room, content: "hello" } as const;
    const first = await guest.does(send, "k1");
    const messageId = first.result.message?.id ?? "";
    await guest.does({ type: "edit_message", messageId, content: "hello all" });
    // Enough for a run of keys, so that the first is found in it.
    for (const { who } of [host, talker]) {
      const client = await Client.join(service, session, who);
      await several(client, 600, (number) => ({ type: "raise_hand", raised: number % 2 === 0 }));
      await client.close();
    }
    await host.does({ type: "remove_participant", participantId: guest.who.id });
    const again = await guest.does(send, "k1");
    const { id, seq, content } = again.result.message as Message;
    assert.deepEqual([again.duplicate, again.rev, id, content], [true, first.rev, messageId, ""]);
    assert.equal(seq, first.result.message?.seq);
    await guest.does({ type: "join_session" });
    assert.equal((await guest.does(send, "k1")).result.message?.content, "hello all");
    const client = await Client.join(service, session, guest.who);
    assert.equal((await client.command(send, "k1")).result.message?.content, "hello all");
    await host.does({ type: "delete_message", messageId });
    for (const ack of [await guest.does(send, "k1"), await client.command(send, "k1")]) {
      assert.equal(ack.result.message?.content, "");
      assert.ok(ack.result.message?.deletedAt);
    }
    await client.close();
  });

  test("shows a moderator without the role nothing of a room that they were not in", async () => {
    const { session, host, talker, said } = await scene(service);
    const ken = new Visitor(service, session, person("Ken"));
    await ken.does({ type: "join_session" });
    const participantId = ken.who.id;
    await host.does({ type: "set_role", participantId, role: "moderator" });
    const messageId = said[1]?.id ?? "";
    const react = { type: "react_to_message", messageId, emoji: "👍", added: true } as const;
    const asked = await talker.does({ type: "ask_for_help", kind: "help", text: "in private" });
    const claim = { type: "claim_help", requestId: asked.result.helpRequest?.id ?? "" } as const;
    assert.equal((await ken.does(react, "k1")).result.message?.content, "first stay");
    assert.equal((await ken.does(claim, "k2")).result.helpRequest?.text, "in private");
    await host.does({ type: "set_role", participantId, role: "participant" });
    assert.equal((await ken.does(react, "k1")).result.message?.content, "");
    assert.equal((await ken.does(claim, "k2")).result.helpRequest?.text, null);
  });
});

describe("with only the archive left, one reads", () => {
  const storage = temporaryStorage();
  let service: Service;
  let here: Scene;
  let removed: Visitor;
  let deleted: string;

  before(async () => {
    const whole = await Service.start({ storage });
    here = await scene(whole);
    await secondStay(here);
    const { host, session } = here;
    removed = new Visitor(whole, session, person("Radia"));
    await removed.enter(here.room);
    await host.does({ type: "remove_participant", participantId: removed.who.id });
    deleted = ((await host.does({ type: "create_room", name: "Gone" })).result as RoomBody).room.id;
    await here.early.enter(deleted);
    await here.early.say(deleted, "a deleted word");
    await host.does({ type: "delete_room", roomId: deleted });
    await host.does({ type: "update_session", title: "The last" });
    await until("all is archived", async () => {
      const sql = "SELECT 1 FROM sessions WHERE id = ? AND title = 'The last'";
      return (await whole.database.query(sql, session)).length > 0;
    });
    await whole.stop();
    assert.equal(loseObjects(storage), 1);
    service = await Service.start({ storage });
  });

  after(() => service.stop());

  const visitor = ({ who }: Visitor) => new Visitor(service, here.session, who);

  test("what was said during one's stays, with the gaps", async () => {
    const page = await visitor(here.guest).page(here.room);
    assert.deepEqual(contents(page.messages), ["first stay", "second stay"]);
    assert.deepEqual(page.gaps, [
      { after: 0, before: 2 },
      { after: 2, before: 4 },
    ]);
    const newest = await visitor(here.guest).page(here.room, "&limit=1");
    assert.deepEqual(
      [contents(newest.messages), newest.before, newest.gaps],
      [["second stay"], 4, undefined],
    );
    const older = await visitor(here.guest).page(here.room, "&limit=1&before=4");
    assert.deepEqual(
      [contents(older.messages), older.before, older.gaps],
      [["first stay"], null, page.gaps],
    );
    const first = await visitor(here.guest).page(here.room, "&limit=1&after=0");
    assert.deepEqual(
      [contents(first.messages), first.gaps],
      [["first stay"], page.gaps?.slice(0, 1)],
    );
    assert.deepEqual(contents((await visitor(here.early).page(here.room)).messages), ["before"]);
    assert.equal((await visitor(here.host).page(here.room)).messages.length, 4);
  });

  test("by a search as well, and nothing of a deleted room, whoever looks", async () => {
    assert.deepEqual(await visitor(here.guest).search("q=stay"), ["second stay", "first stay"]);
    for (const query of ["q=between", "q=before", `q=between&room=${here.room}`]) {
      assert.deepEqual(await visitor(here.guest).search(query), []);
      assert.equal((await visitor(here.host).search(query)).length, 1);
    }
    for (const who of [here.host, here.early, here.guest]) {
      assert.deepEqual(await visitor(who).search("q=deleted"), []);
    }
    assertProblem(await visitor(here.host).get(`/search?q=deleted&room=${deleted}`), {
      code: "room_not_found",
    });
  });

  test("nothing after one was removed", async () => {
    for (const way of [`/messages?room=${here.room}`, "/messages", "/search?q=stay"]) {
      assertProblem(await visitor(removed).get(way), { code: "removed", status: 403 }, way);
    }
  });
});

test("a session from before goes on by its rule: whoever has been in a room reads it", async () => {
  const storage = temporaryStorage();
  const first = await Service.start({ storage });
  const host = person("Ada");
  const session = (await new Api(first, host).createSession()).id;
  await first.stop();
  spoilJournals(
    storage,
    "UPDATE journal SET events = json_remove(events, '$[0].session.chatHistory') WHERE rev = 1",
  );
  const service = await Service.start({ storage });
  const [guest, talker, ada] = [person("Grace"), person("Linus"), host].map(
    (who) => new Visitor(service, session, who),
  ) as [Visitor, Visitor, Visitor];
  const room = ((await ada.does({ type: "create_room", name: "Blue" })).result as RoomBody).room.id;
  const refused = await ada.tries({ type: "update_session", chatHistory: "stay" });
  assertProblem(refused, { code: "invalid", field: "chatHistory" });
  await talker.enter(room);
  const message = await talker.say(room, "before");
  await guest.enter(room);
  await guest.leave();
  await talker.say(room, "after");
  const all = ["before", "after"];
  const page = await guest.page(room);
  assert.deepEqual([contents(page.messages), page.gaps], [all, undefined]);
  assert.equal((await guest.message(message.id)).status, 200);
  assert.deepEqual(await guest.search("q=after"), ["after"]);
  await ada.does({ type: "update_session", title: "The last" });
  await until("all is archived", async () => {
    const sql = "SELECT 1 FROM sessions WHERE id = ? AND title = 'The last'";
    return (await service.database.query(sql, session)).length > 0;
  });
  await service.stop();
  assert.equal(loseObjects(storage), 1);
  const left = await Service.start({ storage });
  const reader = new Visitor(left, session, guest.who);
  assert.deepEqual(contents((await reader.page(room)).messages), all);
  assert.deepEqual(await reader.search("q=after"), ["after"]);
  await left.stop();
});
