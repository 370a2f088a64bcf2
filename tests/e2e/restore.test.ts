// A session of which only the archive is left: its object's storage was lost. What was said can still
// be read, by those who could read it before, and by nobody else. See docs/operations.md.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type {
  DirectMessagesPage,
  Message,
  MessagesPage,
  RoomBody,
  SearchPage,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { readHistory } from "./support/history.ts";
import { Service } from "./support/service.ts";
import { loseObjects, temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const [host, moderator, member, outsider, banned, stranger] = [
  person("Host"),
  person("Moderator"),
  person("Member"),
  person("Outsider"),
  person("Banned"),
  person("Stranger"),
];

describe("with the storage of its object lost, a session's messages", () => {
  const storage = temporaryStorage();
  // More than one database, and one added since: the session has to be looked for.
  const databases = ["DB", "DB_1"];
  let service: Service;
  let session: string;
  let path: string;
  let room: string;
  let deleted: string;
  const said = new Map<string, Message[]>();
  let direct: DirectMessagesPage;

  before(async () => {
    const whole = await Service.start({ storage, databases });
    const api = new Api(whole, host);
    const command = async (command: object) => {
      const answer = await api.post(`${path}/commands`, { command });
      assert.equal(answer.status, 200, answer.text);
    };
    session = (await api.createSession()).id;
    path = `sessions/${session}`;
    const create = async (name: string) =>
      (await api.post<RoomBody>(`${path}/breakout-rooms`, { name })).body.room.id;
    [room, deleted] = [await create("Kept"), await create("Deleted")];
    for (const who of [moderator, member, outsider, banned]) {
      await new Api(whole, who).post(`${path}/commands`, { command: { type: "join_session" } });
    }
    await command({ type: "set_role", participantId: moderator.id, role: "moderator" });
    for (const who of [member, banned]) {
      await new Api(whole, who).post(`${path}/breakout-rooms/${room}/join`);
    }
    for (const [place, count] of [
      ["main", 30],
      [room, 120],
    ] as const) {
      for (let i = 0; i < count; i += 1) {
        await api.post(`${path}/messages`, { roomId: place, content: `${place} ${i}` });
      }
      const [first, second, third, fourth] = await readHistory(api, session, place, 100);
      const [edited, gone, liked, answered] = [first?.id, second?.id, third?.id, fourth?.id];
      await command({ type: "edit_message", messageId: edited, content: "edited" });
      await command({ type: "edit_message", messageId: gone, content: "not for long" });
      await command({ type: "delete_message", messageId: gone });
      await command({ type: "react_to_message", messageId: liked, emoji: "👍", added: true });
      const answer = { replyTo: answered, mentions: [member.id] };
      await command({ type: "send_message", roomId: place, content: "an answer", ...answer });
      said.set(place, await readHistory(api, session, place, 100));
    }
    const directly = { type: "send_direct_message", participantId: member.id };
    for (const content of ["one", "two", "three"]) await command({ ...directly, content });
    direct = await api.read(`${path}/direct-messages?with=${member.id}`);
    await command({ type: "delete_message", messageId: direct.messages[1]?.id });
    direct = await api.read(`${path}/direct-messages?with=${member.id}`);
    await api.post(`${path}/messages`, { roomId: deleted, content: "gone with its room" });
    await api.request("DELETE", `${path}/breakout-rooms/${deleted}`);
    await command({ type: "ban_participant", participantId: banned.id });
    await until("all is archived", async () => {
      for (const database of whole.databases.values()) {
        const sql = "SELECT 1 FROM members WHERE session_id = ? AND banned = 1";
        if ((await database.query(sql, session)).length > 0) return true;
      }
      return false;
    });
    await whole.stop();

    assert.equal(loseObjects(storage), 1);
    service = await Service.start({ storage, databases: [...databases, "DB_2"] });
  });

  after(() => service.stop());

  test("are whole and in order for the host and for a moderator, page by page", async () => {
    assertProblem(await new Api(service, host).get(path), { code: "session_not_found" });
    for (const who of [host, moderator]) {
      for (const place of ["main", room]) {
        const read = await readHistory(new Api(service, who), session, place, 50);
        assert.deepEqual(read, said.get(place));
      }
    }
  });

  test("are there for a member: main, and the room they were in", async () => {
    for (const place of ["main", room]) {
      const read = await readHistory(new Api(service, member), session, place, 100);
      assert.deepEqual(read, said.get(place));
    }
  });

  test("are read forwards too", async () => {
    const read: Message[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const query = `room=${room}&limit=50&after=${after}`;
      const page: MessagesPage = await new Api(service, member).read(`${path}/messages?${query}`);
      read.push(...page.messages);
      after = page.after;
    }
    assert.deepEqual(read, said.get(room));
  });

  test("to one person are there for these two", async () => {
    assert.deepEqual(
      direct.messages.map(({ content }) => content),
      ["one", "", "three"],
    );
    for (const [who, other] of [
      [host, member],
      [member, host],
    ] as const) {
      const page = await new Api(service, who).read<DirectMessagesPage>(
        `${path}/direct-messages?with=${other.id}`,
      );
      assert.deepEqual(page, direct);
    }
    const others = await new Api(service, moderator).read<DirectMessagesPage>(
      `${path}/direct-messages`,
    );
    assert.deepEqual(others.messages, []);
    assertProblem(await new Api(service, banned).get(`${path}/direct-messages`), {
      code: "banned",
    });
  });

  test("are found by their words, newest first and page by page, where one may read", async () => {
    const find = async (who: typeof host, query: string) => {
      const contents: string[] = [];
      const numbers: number[] = [];
      let before: number | null = null;
      do {
        const from: string = before === null ? "" : `&before=${before}`;
        const page: SearchPage = await new Api(service, who).read(`${path}/search?${query}${from}`);
        // Of one page: those of rooms and those to one person, each newest first.
        contents.push(...page.messages.map(({ content }) => content));
        contents.push(...(page.directMessages ?? []).map(({ content }) => content));
        numbers.push(...page.messages.map(({ id }) => Number(id.slice(1))));
        before = page.before;
      } while (before !== null);
      const sorted = [...numbers].sort((one, other) => other - one);
      assert.deepEqual(numbers, sorted, "newest first, each once");
      assert.equal(new Set(numbers).size, numbers.length);
      return contents;
    };
    const spoken = (place: string) =>
      (said.get(place) ?? []).map(({ content }) => content).filter((text) => text.includes(place));
    const newestFirst = [...spoken("main").reverse()];
    for (const limit of [7, 100]) {
      assert.deepEqual(await find(member, `q=MAIN&limit=${limit}`), newestFirst);
      assert.deepEqual(
        await find(host, `q=${room}&room=${room}&limit=${limit}`),
        spoken(room).reverse(),
      );
    }
    // Each of main and of the room, and nothing that was taken back.
    for (const who of [host, moderator, member]) {
      assert.deepEqual(await find(who, "q=edited"), ["edited", "edited"]);
      assert.deepEqual(await find(who, "q=not+for+long"), []);
    }
    // Nor what was said in a room that was deleted, whoever asks.
    for (const who of [host, moderator, member]) {
      assert.deepEqual(await find(who, "q=gone+with+its"), []);
    }
    assert.deepEqual(await find(outsider, "q=edited"), ["edited"]);
    for (const who of [host, member]) assert.deepEqual(await find(who, "q=three"), ["three"]);
    for (const who of [moderator, outsider]) assert.deepEqual(await find(who, "q=three"), []);
    assert.deepEqual(await find(host, "q=three&room=main"), []);
  });

  test("are for nobody else", async () => {
    const seek = (who: typeof host, place: string) =>
      new Api(service, who).get(`${path}/search?q=main${place && `&room=${place}`}`);
    assertProblem(await seek(outsider, room), { code: "not_in_room", status: 403 });
    assertProblem(await seek(banned, ""), { code: "banned", status: 403 });
    assertProblem(await seek(stranger, ""), { code: "session_ended", status: 409 });
    assertProblem(await seek(host, deleted), { code: "room_not_found", status: 404 });
    const ask = (who: typeof host, place: string) =>
      new Api(service, who).get(`${path}/messages?room=${place}`);
    assert.equal((await ask(outsider, "main")).status, 200);
    assertProblem(await ask(outsider, room), { code: "not_in_room", status: 403 });
    assertProblem(await ask(banned, room), { code: "banned", status: 403 });
    assertProblem(await ask(stranger, "main"), { code: "session_ended", status: 409 });
    assertProblem(await ask(host, deleted), { code: "room_not_found", status: 404 });
    assertProblem(await ask(host, "never"), { code: "room_not_found", status: 404 });
    const token = await new Api(service).get(`${path}/messages`);
    assertProblem(token, { code: "unauthorized", status: 401, reason: "token_missing" });
  });

  test("are asked for again while the archive does not answer", async () => {
    for (const database of service.databases.values()) await database.break();
    for (const what of ["messages", "search?q=main"]) {
      const answer = await new Api(service, host).get(`${path}/${what}`);
      assert.equal(assertProblem(answer, { code: "unavailable", status: 503 }).retryAfterMs, 5_000);
    }
    for (const database of service.databases.values()) await database.repair();
    assert.equal((await new Api(service, host).get(`${path}/messages`)).status, 200);
  });

  test("of a session that never was are not found", async () => {
    for (const what of ["messages", "search?q=main"]) {
      const answer = await new Api(service, host).get(`sessions/never/${what}`);
      assertProblem(answer, { code: "session_not_found", status: 404 });
    }
  });

  test("are found behind thousands of others, of which one search reads 2,000", async () => {
    for (const database of service.databases.values()) {
      await database.run(
        `INSERT INTO messages (session_id, room_id, seq, id, sender_id, sender_alias, content, created_at, idempotency_key, rev)
        WITH RECURSIVE numbers(n) AS (SELECT 100000 UNION ALL SELECT n + 1 FROM numbers WHERE n < 102099)
        SELECT sessions.id, 'main', n, 'm' || n, 'x', 'X', 'others', 1, 'k' || n, n FROM numbers, sessions WHERE sessions.id = ?`,
        session,
      );
    }
    const find = (query: string) =>
      new Api(service, member).read<SearchPage>(`${path}/search?q=edited${query}`);
    assert.deepEqual(await find(""), { messages: [], before: 100_100 });
    const page = await find("&before=100100");
    assert.deepEqual(
      page.messages.map(({ content }) => content),
      ["edited", "edited"],
    );
    assert.equal(page.before, null);
  });
});

test("with D1 set back, a session writes its archive again when it is told to, and once", async () => {
  const storage = temporaryStorage();
  const first = await Service.start({ storage });
  const api = new Api(first, host);
  const session = (await api.createSession()).id;
  const say = async (running: Service, content: string) => {
    const message = { roomId: "main", content };
    const sent = await new Api(running, host).post(`sessions/${session}/messages`, message);
    assert.equal(sent.status, 201, sent.text);
  };
  for (let i = 0; i < 10; i += 1) await say(first, `m-${i}`);
  await until("all is archived", async () => (await first.database.count(session)) === 10);
  for (const table of ["messages", "members"]) {
    await first.database.run(`DELETE FROM ${table} WHERE session_id = ?`, session);
  }
  // By itself it goes on where it was.
  await say(first, "m-10");
  await until("the next is archived", async () => (await first.database.count(session)) === 1);
  await first.stop();

  const second = await Service.start({ storage, variables: { ARCHIVE_RUN: "after the loss" } });
  try {
    assert.equal((await new Api(second, host).get(`sessions/${session}`)).status, 200);
    await until("all is archived again", async () => (await second.database.count(session)) === 11);
    const rows = await second.database.messages(session);
    assert.deepEqual(
      rows.map(({ content }) => content),
      Array.from({ length: 11 }, (_, index) => `m-${index}`),
    );
    await second.database.run("DELETE FROM messages WHERE session_id = ?", session);
    await second.evict(session);
    await say(second, "m-11");
    await until("only the new", async () => (await second.database.count(session)) === 1);
  } finally {
    await second.stop();
  }
});
