import { describe, expect, it } from "vitest";
import {
  type DirectMessage,
  directDeliveryOf,
  directPosition,
  hasOlderDirect,
  LIMITS,
  type SessionClient,
} from "../src/index.ts";
import { ASK_EVERY_MS } from "../src/receipts-polls.ts";
import { FakeServer, type Sockets } from "../src/testing/index.ts";
import { directIn } from "../src/testing/session.ts";
import { follow, phase, twoPeople } from "./support/fake.ts";

const state = ({ store }: SessionClient) => store.getState();
const direct = (session: SessionClient) => state(session).own.directMessages ?? [];

describe.each<Sockets>(["open", "blocked"])("with sockets that are %s", (sockets) => {
  async function scene() {
    const { server, ada, grace, done } = await twoPeople(sockets);
    for (const text of ["one", "two"]) await done(ada.commands.sendMessage("main", text));
    const told = await done(ada.commands.sendDirectMessage("grace", "just you"));
    await server.clock.advance(ASK_EVERY_MS * 2);
    return { server, ada, grace, done, told };
  }

  it("what is read in one tab is read in the other, and after a reload", async () => {
    const { server, ada, grace, told } = await scene();
    const other = await follow(server, "grace");
    await server.clock.advance(1_000);
    expect(state(other).ownRead).toEqual({ rooms: {}, direct: {} });
    grace.markRead("main", 1);
    grace.markDirectRead("ada");
    const read = { rooms: { main: 1 }, direct: { ada: directPosition(told) } };
    expect(state(grace).ownRead).toEqual(read);
    await server.clock.advance(ASK_EVERY_MS * 2);
    expect(state(other).ownRead).toEqual(read);
    const reloaded = await follow(server, "grace");
    await server.clock.advance(1_000);
    expect(state(reloaded).ownRead).toEqual(read);
    expect(state(ada).ownRead).toEqual({ rooms: {}, direct: {} });
  });

  it("nothing that is read becomes unread, and what was read elsewhere is not said back", async () => {
    const { server, grace } = await scene();
    const other = await follow(server, "grace");
    await server.clock.advance(1_000);
    grace.markRead("main");
    other.markRead("main", 1);
    expect(state(other).ownRead.rooms).toEqual({ main: 1 });
    await server.clock.advance(ASK_EVERY_MS * 2);
    for (const tab of [grace, other]) expect(state(tab).ownRead.rooms).toEqual({ main: 2 });
    other.markRead("main", 1);
    other.stop();
    other.connect();
    await server.clock.advance(ASK_EVERY_MS * 2);
    expect(state(other).ownRead.rooms).toEqual({ main: 2 });
    expect(server.session().read("grace")["room:main"]).toBe(2);
  });

  it("who wrote to one person alone sees it delivered and read, also after a reload", async () => {
    const { server, ada, grace, done, told } = await scene();
    const far = (session: SessionClient, message: DirectMessage) =>
      directDeliveryOf(state(session), message).state;
    expect(far(ada, told)).toBe("delivered");
    grace.markDirectRead("ada", told.id);
    const next = await done(ada.commands.sendDirectMessage("grace", "and this"));
    await server.clock.advance(ASK_EVERY_MS * 3);
    expect([far(ada, told), far(ada, next)]).toEqual(["read", "delivered"]);
    const reloaded = await follow(server, "ada");
    await server.clock.advance(ASK_EVERY_MS * 3);
    expect([far(reloaded, told), far(reloaded, next)]).toEqual(["read", "delivered"]);
  });

  it("writing is said and seen, in rooms and to one person alone", async () => {
    const { server, ada, grace } = await scene();
    const linus = await follow(server, "linus");
    await server.clock.advance(1_000);
    const writers = (session: SessionClient) =>
      state(session).typing.map(({ roomId, participantId }) => [roomId, participantId]);
    grace.typing("main");
    grace.typing("main");
    grace.typingDirectly("ada");
    await server.clock.advance(500);
    expect(writers(ada)).toEqual([
      ["main", "grace"],
      [null, "grace"],
    ]);
    expect([writers(linus), writers(grace)]).toEqual([[["main", "grace"]], []]);
    const posts = server.requests.filter((request) => request.endsWith("/typing"));
    expect(posts).toHaveLength(sockets === "open" ? 0 : 2);
    await server.clock.advance(5_000);
    expect(writers(ada)).toEqual([]);
    grace.typingDirectly("ada");
    const said = grace.commands.sendDirectMessage("ada", "there");
    await server.clock.advance(1_000);
    await said;
    expect(writers(ada)).toEqual([]);
  });
});

describe("a long talk between two", () => {
  it("is paged through to its beginning, each message once and in order", async () => {
    const server = new FakeServer();
    server.session();
    server.act("grace", { type: "join_session" });
    const count = LIMITS.snapshotDirectMessages * 2 + 7;
    for (let number = 0; number < count; number += 1) {
      const [from, to] = number % 2 ? ["ada", "grace"] : ["grace", "ada"];
      server.act(from as string, {
        type: "send_direct_message",
        participantId: to as string,
        content: `${number}`,
      });
    }
    const ada = await follow(server, "ada");
    expect(phase(ada)).toBe("open");
    expect(direct(ada)).toHaveLength(LIMITS.snapshotDirectMessages);
    expect(hasOlderDirect(state(ada), "grace")).toBe(true);
    await Promise.all([ada.loadOlderDirect("grace"), ada.loadOlderDirect("grace")]);
    expect(direct(ada)).toHaveLength(LIMITS.snapshotDirectMessages + 50);
    await ada.loadOlderDirect("grace");
    const numbers = direct(ada).map(({ content }) => Number(content));
    expect(numbers).toEqual(Array.from({ length: count }, (_, number) => number));
    expect(hasOlderDirect(state(ada), "grace")).toBe(false);
    const asked = server.requests.length;
    await ada.loadOlderDirect("grace");
    expect(server.requests).toHaveLength(asked);
  });

  it("is gone back in as far as to a message, and to its end where there is no such message", async () => {
    const server = new FakeServer();
    const session = server.session();
    server.act("grace", { type: "join_session" });
    for (let number = 0; number < LIMITS.snapshotDirectMessages * 5; number += 1) {
      const content = `${number}`;
      server.act("grace", { type: "send_direct_message", participantId: "ada", content });
    }
    const ada = await follow(server, "ada");
    const all = directIn(session.events.get("participant:ada") ?? []);
    const id = all.at(-LIMITS.snapshotDirectMessages - 1)?.id ?? "";
    await expect(ada.loadBackToDirect("grace", id)).resolves.toBe(true);
    expect(direct(ada).some((message) => message.id === id)).toBe(true);
    expect(direct(ada).length).toBeLessThan(all.length);
    await expect(ada.loadBackToDirect("grace", "m-nowhere")).resolves.toBe(false);
    expect(direct(ada)).toEqual(all);
  });
});
