// Changing what was said, writing to one person, reading in both directions, and searching. What was
// taken back is nowhere, whichever way somebody asks for it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type {
  DirectMessagesPage,
  Message,
  MessageBody,
  MessagesPage,
  SearchPage,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService({ variables: { ARCHIVE_INTERVAL_MS: "20" } });

async function scene() {
  const [ada, grace, linus] = [person("Ada"), person("Grace"), person("Linus")];
  const api = new Api(service, ada);
  const session = (await api.createSession("Chat")).id;
  const [host, guest, third] = [
    await Client.join(service, session, ada),
    await Client.join(service, session, grace),
    await Client.join(service, session, linus),
  ];
  return { ada, grace, linus, api, session, host, guest, third };
}

const said = async (client: Client, content: string, id?: string): Promise<Message> =>
  (await client.say("main", content, id)).result.message as Message;

/** Everybody sees of main what a newcomer is told. */
async function assertSame(api: Api, session: string, clients: Client[]): Promise<void> {
  const { messages } = await api.read<Snapshot>(`sessions/${session}`);
  for (const { view } of clients) {
    assert.deepEqual(view.faults, []);
    assert.deepEqual(view.messages("main"), messages);
  }
}

describe("what was said", () => {
  test("is edited, answered, reacted to and deleted, and everybody sees the same", async () => {
    const { ada, grace, linus, api, session, host, guest, third } = await scene();
    const first = await said(guest, "a misteak");
    const edit = { type: "edit_message", messageId: first.id, content: "a mistake" } as const;
    const edited = (await guest.command({ ...edit, mentions: [ada.id] }, "e1")).result.message;
    assert.equal(edited?.content, "a mistake");
    assert.ok(edited?.editedAt && edited.version);
    const answer = await host.command({
      type: "send_message",
      roomId: "main",
      content: "never mind",
      replyTo: first.id,
      mentions: [grace.id],
    });
    assert.equal(answer.result.message?.replyTo, first.id);
    for (const [client, emoji] of [
      [host, "👍"],
      [third, "👍"],
      [third, "❤️"],
    ] as const) {
      await client.command({ type: "react_to_message", messageId: first.id, emoji, added: true });
    }
    const last = await third.command({
      type: "react_to_message",
      messageId: first.id,
      emoji: "❤️",
      added: false,
    });
    assert.deepEqual(last.result.message?.reactions, [
      { emoji: "👍", participantIds: [ada.id, linus.id] },
    ]);
    await until("all have heard", () =>
      [host, guest, third].every(({ view }) => view.positions["room:main"] === 7),
    );
    await assertSame(api, session, [host, guest, third]);
    // The same again, from memory and after it was lost.
    assert.equal((await guest.command({ ...edit, mentions: [ada.id] }, "e1")).duplicate, true);
    await service.evict(session);
    const again = await guest.command({ ...edit, mentions: [ada.id] }, "e1");
    assert.deepEqual([again.duplicate, again.result.message], [true, last.result.message]);
    const other = await guest.refused({ ...edit, content: "other" }, "e1");
    assert.equal(other.code, "idempotency_mismatch");
    await assertSame(api, session, [host, guest, third]);
    const one = await api.read<MessageBody>(`sessions/${session}/messages/${first.id}`);
    assert.deepEqual(one.message, last.result.message);
  });

  test("is nowhere after it was taken back", async () => {
    const { ada, grace, api, session, host, guest, third } = await scene();
    await said(host, "hello");
    await third.close();
    const poller = new Poller(service, session, grace);
    await poller.poll();
    const message = await said(guest, "secret one", "k1");
    const id = { messageId: message.id };
    await guest.command({ type: "edit_message", ...id, content: "secret two" }, "k2");
    await guest.command({ type: "edit_message", ...id, content: "secret three" });
    await host.command({ type: "react_to_message", ...id, emoji: "😱", added: true });
    await until("it is archived", async () =>
      (await service.database.messages(session)).some((row) => row.content === "secret three"),
    );
    const found = `sessions/${session}/search?q=secret`;
    assert.equal((await api.read<SearchPage>(found)).messages.length, 1);
    const deleted = (await host.command({ type: "delete_message", ...id }, "k3")).result.message;
    assert.deepEqual([deleted?.content, deleted?.deletedBy], ["", ada.id]);

    const { client, welcome } = await third.reconnect();
    assert.equal(welcome.resumed, true);
    await client.settle();
    const fresh = await Client.join(service, session, grace);
    await poller.poll();
    const told: unknown[] = [client.frames.items, fresh.frames.items, poller.frames.items];
    for (const path of ["", "/messages", "/messages?after=0", "/search?q=secret", "/debrief"]) {
      told.push(await api.read(`sessions/${session}${path}`));
    }
    told.push(
      await guest.command({ type: "send_message", roomId: "main", content: "secret one" }, "k1"),
    );
    told.push(await guest.command({ type: "edit_message", ...id, content: "secret two" }, "k2"));
    assert.doesNotMatch(JSON.stringify(told), /secret/);
    assert.deepEqual((await api.read<SearchPage>(found)).messages, []);
    await until("it is gone from the archive", async () =>
      (await service.database.messages(session)).every((row) => !row.content.includes("secret")),
    );
    await assertSame(api, session, [host, guest, client, fresh]);
    assert.deepEqual(poller.view.messages("main"), host.view.messages("main"));
    await service.evict(session);
    const refused = await guest.refused({ type: "edit_message", ...id, content: "back" });
    assert.equal(refused.code, "message_deleted");
    const fields = { type: "react_to_message", ...id, added: true } as const;
    assert.equal((await guest.refused({ ...fields, emoji: "abc" })).field, "command.emoji");
  });

  test("is read in both directions, whatever lies between", async () => {
    const { api, session, host, guest } = await scene();
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const { id } = await said(host, `number ${i}`);
      ids.push(id);
      for (let n = 0; n < 12; n += 1) {
        const added = n % 2 === 0;
        await guest.command({ type: "react_to_message", messageId: id, emoji: "👀", added });
      }
    }
    const forwards: string[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: MessagesPage = await api.read(
        `sessions/${session}/messages?after=${after}&limit=5`,
      );
      forwards.push(...page.messages.map((message) => message.id));
      after = page.after;
    }
    assert.deepEqual(forwards, ids);
    const backwards: string[] = [];
    let before: number | null = Number.MAX_SAFE_INTEGER;
    while (before !== null) {
      const page: MessagesPage = await api.read(
        `sessions/${session}/messages?before=${before}&limit=5`,
      );
      assert.ok(page.messages.length > 0, "a page has messages");
      backwards.unshift(...page.messages.map((message) => message.id));
      before = page.before;
    }
    assert.deepEqual(backwards, ids);
    const snapshot = await api.read<Snapshot>(`sessions/${session}`);
    assert.deepEqual(
      snapshot.messages.map((message) => message.id),
      ids,
      "a snapshot counts messages, not what happened to them",
    );
    const both = await api.get(`sessions/${session}/messages?after=1&before=9`);
    assertProblem(both, { code: "invalid", field: "before" });
  });
});

describe("what is said to one person", () => {
  test("is for these two, live, later and in the archive", async () => {
    const { ada, grace, linus, api, session, host, guest, third } = await scene();
    const write = (content: string, participantId: string) =>
      ({ type: "send_direct_message", participantId, content }) as const;
    const first = (await guest.command(write("may I?", ada.id), "d1")).result.directMessage;
    assert.ok(first);
    assert.equal((await guest.command(write("may I?", ada.id), "d1")).duplicate, true);
    const answer = await host.command({ ...write("you may", grace.id), replyTo: first.id });
    await host.command(write("psst", linus.id));
    const react = {
      type: "react_to_message",
      messageId: first.id,
      emoji: "👍",
      added: true,
    } as const;
    await host.command(react);
    await guest.command({ type: "edit_message", messageId: first.id, content: "may I speak?" });
    await host.command({ ...react, emoji: "👀" });
    await host.command({ ...react, added: false });
    assert.equal((await guest.refused(write("psst", linus.id))).code, "forbidden");
    assert.equal((await third.refused(react)).code, "message_not_found");
    await until("both have heard", () =>
      [host, guest].every(
        ({ view }) => view.directMessages.get(first.id)?.reactions?.[0]?.emoji === "👀",
      ),
    );
    await third.settle();
    assert.doesNotMatch(JSON.stringify(third.frames.items), /may/);
    const single = await new Api(service, linus).get(`sessions/${session}/messages/${first.id}`);
    assertProblem(single, { code: "message_not_found", status: 404 });
    assert.doesNotMatch(single.text, /may I/);

    const between = `sessions/${session}/direct-messages?with=${grace.id}`;
    const page = await api.read<DirectMessagesPage>(between);
    assert.deepEqual(
      page.messages.map((message) => message.content),
      ["may I speak?", "you may"],
    );
    const all = await api.read<DirectMessagesPage>(`sessions/${session}/direct-messages?limit=2`);
    assert.deepEqual(
      all.messages.map((message) => message.content),
      ["you may", "psst"],
    );
    const path = `sessions/${session}/direct-messages?limit=2`;
    const older = await api.read<DirectMessagesPage>(`${path}&before=${all.before}`);
    assert.deepEqual(older.messages, [page.messages[0]]);
    assert.equal(older.before, null);
    const newer = await new Api(service, grace).read<DirectMessagesPage>(
      `${path}&after=${older.after}`,
    );
    assert.deepEqual(newer.messages, [page.messages[1]], "each by their own stream");

    await service.evict(session);
    for (const [who, client] of [
      [ada, host],
      [grace, guest],
    ] as const) {
      const fresh = await Client.join(service, session, who);
      assert.deepEqual(fresh.view.directMessages, client.view.directMessages);
      assert.deepEqual(client.view.faults, []);
    }
    const rows = () =>
      service.database.query<{ id: string; content: string }>(
        "SELECT id, content FROM direct_messages WHERE session_id = ? ORDER BY rev",
        session,
      );
    await until("they are archived", async () => (await rows()).length === 3);
    await guest.command({ type: "delete_message", messageId: first.id });
    await until("it is gone from the archive", async () =>
      (await rows()).some((row) => row.id === first.id && row.content === ""),
    );
    assert.equal(answer.result.directMessage?.replyTo, first.id);
    const { messages } = await api.read<DirectMessagesPage>(between);
    assert.deepEqual([messages[0]?.content, messages[0]?.reactions], ["", undefined]);
    await until("both see it", () =>
      [host, guest].every(({ view }) => view.directMessages.get(first.id)?.content === ""),
    );
  });
});

describe("a search", () => {
  test("finds words however they are written, in the rooms that one may read", async () => {
    const { api, session, host, grace, guest } = await scene();
    const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id ?? "";
    for (const content of ["Au Café de Flore", "東京で会いましょう", "ПРИВЕТ, мир", "100% sure"]) {
      await host.say("main", content);
    }
    await host.say(room, "a café in Blue");
    const search = async (who: Api, query: Record<string, string>) => {
      const page = await who.read<SearchPage>(
        `sessions/${session}/search?${new URLSearchParams(query)}`,
      );
      assert.equal(page.before, null);
      return page.messages.map((message) => message.content);
    };
    assert.deepEqual(await search(api, { q: "CAFE" }), ["a café in Blue", "Au Café de Flore"]);
    assert.deepEqual(await search(api, { q: "cafe", room }), ["a café in Blue"]);
    assert.deepEqual(await search(api, { q: "東京" }), ["東京で会いましょう"]);
    assert.deepEqual(await search(api, { q: "мир привет" }), ["ПРИВЕТ, мир"]);
    assert.deepEqual(await search(api, { q: "%" }), ["100% sure"]);
    const other = new Api(service, grace);
    assert.deepEqual(await search(other, { q: "café" }), ["Au Café de Flore"]);
    assertProblem(await other.get(`sessions/${session}/search?q=cafe&room=${room}`), {
      code: "not_in_room",
    });
    assertProblem(await other.get(`sessions/${session}/search?q=%20`), {
      code: "invalid",
      field: "q",
    });
    await guest.command({ type: "join_room", roomId: room });
    await host.say(room, "another café in Blue");
    const readable = ["another café in Blue", "Au Café de Flore"];
    assert.deepEqual(await search(other, { q: "café" }), readable);
  });

  test("finds what was said to one person alone, for these two, as it is now", async () => {
    const { grace, linus, api, session, host, guest, third } = await scene();
    const tell = (content: string) =>
      host.command({ type: "send_direct_message", participantId: grace.id, content });
    const search = async (who: Api, more = "") => {
      const page = await who.read<SearchPage>(`sessions/${session}/search?q=plum${more}`);
      const contents = (page.directMessages ?? []).map((message) => message.content);
      return { contents, rooms: page.messages.length, before: page.before };
    };
    await tell("plum one");
    const second = (await tell("pear two")).result.directMessage?.id ?? "";
    await host.command({ type: "edit_message", messageId: second, content: "plum two" });
    await host.say("main", "plum for all");
    await tell("nothing of it");
    await third.settle();
    const both = [api, new Api(service, grace)];
    for (const who of both) {
      const all = { contents: ["plum two", "plum one"], rooms: 1, before: null };
      assert.deepEqual(await search(who), all);
      assert.deepEqual((await search(who, "&room=main")).contents, []);
      const newest = await search(who, "&limit=2");
      assert.deepEqual([newest.rooms, newest.contents], [1, ["plum two"]]);
      const rest = await search(who, `&limit=2&before=${newest.before}`);
      assert.deepEqual([rest.rooms, rest.contents], [0, ["plum one"]]);
    }
    assert.deepEqual((await search(new Api(service, linus))).contents, []);
    await host.command({ type: "delete_message", messageId: second });
    for (const who of both) assert.deepEqual((await search(who)).contents, ["plum one"]);
    await guest.settle();
  });

  test("goes on further back, page by page, and has its cost", async () => {
    const { ada, api, session, host } = await scene();
    for (let i = 0; i < 9; i += 1) await host.say("main", i % 2 ? "odd" : "even");
    const found: number[] = [];
    let before: number | null = null;
    do {
      const from: string = before === null ? "" : `&before=${before}`;
      const page: SearchPage = await api.read(`sessions/${session}/search?q=even&limit=2${from}`);
      found.push(...page.messages.map((message) => message.seq));
      before = page.before;
    } while (before !== null);
    assert.deepEqual(found, [9, 7, 5, 3, 1]);
    let refused: number | null = null;
    for (let i = 0; i < 100 && refused === null; i += 1) {
      const answer = await new Api(service, ada).get(`sessions/${session}/search?q=even`);
      if (answer.status === 429) {
        refused = assertProblem(answer, { code: "rate_limited" }).retryAfterMs;
      }
    }
    assert.ok(refused !== null && refused > 0 && refused <= 1_000, `${refused}`);
  });
});
