import { describe, expect, it } from "vitest";
import type { SessionClient } from "../src/index.ts";
import { FakeServer, type Sockets, settled } from "../src/testing/index.ts";
import { json } from "./support/answers.ts";
import { connected, reconnected } from "./support/connected.ts";
import { follow } from "./support/fake.ts";
import { message, welcome } from "./support/frames.ts";

const heldOf = (session: SessionClient, room: string) => session.store.getState().messages[room];
const contents = (session: SessionClient, room: string) =>
  heldOf(session, room)?.items.map(({ content }) => content) ?? [];
const seqs = (session: SessionClient, room: string) =>
  heldOf(session, room)?.items.map(({ seq }) => seq) ?? [];

/** Linus talks in a room, where Grace's client is too. */
async function inRoom(sockets: Sockets) {
  const server = new FakeServer();
  server.sockets = sockets;
  const grace = await follow(server, "grace");
  await server.clock.advance(1_000);
  server.act("ada", { type: "create_room", name: "Blue" });
  const room = [...server.session().rooms.keys()][0] ?? "";
  const enter = (who: string) => server.act(who, { type: "join_room", roomId: room });
  const leave = (who: string) => server.act(who, { type: "leave_room" });
  const say = (content: string) =>
    server.act("linus", { type: "send_message", roomId: room, content });
  enter("linus");
  say("before");
  enter("grace");
  say("first stay");
  await server.clock.advance(1_000);
  return { server, grace, room, enter, leave, say };
}

describe("a room that one was out of for a time", () => {
  it.each(["open", "blocked"] as const)(
    "begins anew, and tells what is withheld (sockets %s)",
    async (sockets) => {
      const { server, grace, room, enter, leave, say } = await inRoom(sockets);
      expect(contents(grace, room)).toEqual(["first stay"]);
      server.isDown = true;
      server.cut();
      leave("grace");
      say("between");
      enter("grace");
      say("second stay");
      server.isDown = false;
      await server.clock.advance(60_000);
      expect(contents(grace, room)).toEqual(["second stay"]);
      say("live");
      await server.clock.advance(1_000);
      expect(contents(grace, room)).toEqual(["second stay", "live"]);
      await grace.loadOlder(room);
      expect(contents(grace, room)).toEqual(["first stay", "second stay", "live"]);
      expect(heldOf(grace, room)?.gaps).toEqual([
        { after: 0, before: 2 },
        { after: 2, before: 4 },
      ]);
      expect(grace.store.getState().statistics.gaps).toBe(0);
    },
  );

  it("goes on where nothing was said meanwhile", async () => {
    const { server, grace, room, enter, leave, say } = await inRoom("open");
    server.isDown = true;
    server.cut();
    leave("grace");
    enter("grace");
    say("second stay");
    server.isDown = false;
    await server.clock.advance(60_000);
    expect(contents(grace, room)).toEqual(["first stay", "second stay"]);
  });
});

describe("a position that is further on than this client", () => {
  const streams = { session: 3, "room:main": 8, "room:r1": 5 };
  const held = [message("r1", 4), message("r1", 5)];

  it("lets go of the room's messages, and begins it anew", async () => {
    const { session, socket } = await connected(welcome({ streams, messages: held }));
    expect(seqs(session, "r1")).toEqual([4, 5]);
    socket().deliver({
      type: "notice",
      code: "streams_changed",
      streams: { ...streams, "room:r1": 9 },
      messages: [message("r1", 9)],
    });
    expect(seqs(session, "r1")).toEqual([9]);
    expect(heldOf(session, "r1")?.older).toBe(9);
    const event = { type: "message_created", message: message("r1", 10), seq: 10, rev: 90, at: 1 };
    socket().deliver({ type: "events", stream: "room:r1", from: 9, events: [event as never] });
    expect(seqs(session, "r1")).toEqual([9, 10]);
  });

  it("in a welcome too", async () => {
    const setting = await connected(welcome({ streams, messages: held }));
    const again = welcome({ streams: { ...streams, "room:r1": 9 } });
    await reconnected(setting, {
      ...again,
      resumed: true,
      snapshot: null,
      messages: [message("r1", 9)],
    } as typeof again);
    expect(seqs(setting.session, "r1")).toEqual([9]);
    expect(setting.session.store.getState().statistics.gaps).toBe(0);
  });

  it("keeps what another way has brought already", async () => {
    const { session, socket } = await connected(welcome({ streams, messages: held }));
    socket().deliver({
      type: "notice",
      code: "streams_changed",
      streams: { ...streams, "room:r1": 4 },
      messages: [],
    });
    expect(seqs(session, "r1")).toEqual([4, 5]);
  });
});

describe("gaps of a room", () => {
  it("are gathered from the pages that tell of them, each once", async () => {
    const streams = { session: 3, "room:main": 0, "room:r1": 30 };
    const first = welcome({ streams, messages: [message("r1", 30)] });
    const { world, session } = await connected(first);
    const [young, old] = [
      { after: 20, before: 25 },
      { after: 0, before: 5 },
    ];
    world.answers.push(json({ messages: [message("r1", 25)], before: 25 }));
    world.answers.push(json({ messages: [message("r1", 15)], before: 15, gaps: [young] }));
    world.answers.push(json({ messages: [message("r1", 5)], before: null, gaps: [old, young] }));
    await session.loadOlder("r1");
    expect(heldOf(session, "r1")).not.toHaveProperty("gaps");
    await session.loadOlder("r1");
    await session.loadOlder("r1");
    await settled();
    expect(heldOf(session, "r1")?.gaps).toEqual([old, young]);
    expect(heldOf(session, "r1")?.older).toBeNull();
  });
});
