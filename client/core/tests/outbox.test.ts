import { describe, expect, it } from "vitest";
import { settled } from "../src/testing/index.ts";
import { connected, connecting, reconnected } from "./support/connected.ts";
import { ack, message, nack, resumed, room, said, welcome } from "./support/frames.ts";
import { World } from "./support/world.ts";

const goOn = resumed({ session: 3, "room:main": 0 });

describe("a command", () => {
  it("settles with what the server says came of it", async () => {
    const { session, socket } = await connected();
    const created = session.commands.createRoom({ name: "Blue" });
    expect(socket().commands).toEqual([
      { type: "command", id: "id-1", command: { type: "create_room", name: "Blue" } },
    ]);
    socket().deliver(ack("id-1", { room: room("blue") }));
    await expect(created).resolves.toMatchObject({ id: "blue" });
  });

  it("made from an old view is refused with what is so now", async () => {
    const { session, socket } = await connected();
    const refused = session.commands.closeRoom("blue", 1);
    const now = { ...room("blue"), version: 2 };
    socket().deliver({
      type: "nack",
      id: "id-1",
      error: {
        code: "stale",
        message: "somebody was faster",
        retryable: false,
        retryAfterMs: null,
        current: now,
      },
    });
    await expect(refused).rejects.toMatchObject({ code: "stale", current: now });
  });

  it("rejects with the reason when it is refused", async () => {
    const { session, socket } = await connected();
    const refused = session.commands.createRoom({ name: "Blue" });
    socket().deliver(nack("id-1", "too_many_rooms"));
    await expect(refused).rejects.toMatchObject({
      name: "FlagshipError",
      code: "too_many_rooms",
      retryable: false,
    });
  });

  it("is sent again under the same id after a lost ack, and settles once, as a duplicate", async () => {
    const setting = await connected();
    let settledTimes = 0;
    const sent = setting.session.commands.sendMessage("blue", "hello").finally(() => {
      settledTimes += 1;
    });
    await reconnected(setting, goOn);
    expect(setting.socket().commands.map(({ id }) => id)).toEqual(["id-1"]);

    const answer = ack("id-1", { message: message("blue", 1, "ada", "id-1") }, { duplicate: true });
    setting.socket().deliver([answer, answer]);
    await expect(sent).resolves.toMatchObject({ seq: 1 });
    expect(settledTimes).toBe(1);
    expect(setting.session.store.getState().pending).toEqual([]);
    expect(setting.socket().commands).toHaveLength(1);
  });

  it("waits for the one before it", async () => {
    const { session, socket } = await connected();
    void session.commands.sendMessage("main", "one");
    void session.commands.sendMessage("main", "two");
    expect(socket().commands).toHaveLength(1);
    socket().deliver(ack("id-1", { message: message("main", 1, "ada", "id-1") }));
    expect(socket().commands.map(({ id }) => id)).toEqual(["id-1", "id-2"]);
  });

  it("is tried again after the time that the server asks for, before any later one", async () => {
    const { world, session, socket } = await connected();
    void session.commands.sendMessage("main", "one");
    void session.commands.sendMessage("main", "two");
    socket().deliver(nack("id-1", "rate_limited", 2_000));
    await world.clock.advance(1_999);
    expect(socket().commands).toHaveLength(1);
    await world.clock.advance(1);
    expect(socket().commands.map(({ id }) => id)).toEqual(["id-1", "id-1"]);
  });

  it("counts as refused when the service fails time after time", async () => {
    const { world, session, socket } = await connected();
    const failed = expect(session.commands.leaveRoom()).rejects.toMatchObject({ code: "internal" });
    for (let attempt = 0; attempt < 8; attempt += 1) {
      socket().deliver(nack("id-1", "internal"));
      await world.clock.advance(1);
    }
    await failed;
    expect(socket().commands).toHaveLength(8);
  });

  it("without an answer makes the connection suspect", async () => {
    const { world, session, socket } = await connected();
    void session.commands.sendMessage("main", "one");
    await world.clock.advance(15_000);
    expect(world.sockets).toHaveLength(2);
    socket().open();
    socket().deliver(goOn);
    await settled();
    expect(socket().commands.map(({ id }) => id)).toEqual(["id-1"]);
  });

  it("given while there is no connection is sent when there is", async () => {
    const { session, socket } = await connecting();
    void session.commands.joinRoom("blue");
    socket().open();
    expect(socket().commands).toEqual([]);
    socket().deliver(welcome());
    await settled();
    expect(socket().commands).toHaveLength(1);
  });

  it("fails when the server ends the connection for good", async () => {
    const { session, socket } = await connected();
    const failed = expect(session.commands.joinRoom("blue")).rejects.toMatchObject({
      code: "forbidden",
    });
    socket().closes(4403);
    await failed;
  });
});

describe("a pending message", () => {
  it("is shown at once, and never beside the real one: ack first", async () => {
    const { session, socket } = await connected();
    void session.commands.sendMessage("main", "hello");
    const real = message("main", 1, "ada", "id-1");
    expect(shown(session)).toEqual(["pending id-1"]);
    socket().deliver(ack("id-1", { message: real }));
    expect(shown(session)).toEqual(["main-1"]);
    socket().deliver(said(0, real));
    expect(shown(session)).toEqual(["main-1"]);
  });

  it("is shown at once, and never beside the real one: event first", async () => {
    const { session, socket } = await connected();
    const sent = session.commands.sendMessage("main", "hello");
    const views: string[][] = [];
    session.store.subscribe(() => views.push(shown(session)));
    const real = message("main", 1, "ada", "id-1");
    socket().deliver(said(0, real));
    socket().deliver(ack("id-1", { message: real }));
    await expect(sent).resolves.toEqual(real);
    expect(views.every((view) => view.length === 1)).toBe(true);
    expect(shown(session)).toEqual(["main-1"]);
  });

  it("keeps its place in the order when others' messages come late", async () => {
    const { session, socket } = await connected();
    void session.commands.sendMessage("main", "hello");
    const real = message("main", 3, "ada", "id-1");
    socket().deliver(ack("id-1", { message: real }));
    socket().deliver(said(0, message("main", 1), message("main", 2), real));
    expect(shown(session)).toEqual(["main-1", "main-2", "main-3"]);
  });

  it("stays with its error when it is refused, until it is sent again or dropped", async () => {
    const { session, socket } = await connected();
    const refused = session.commands.sendMessage("main", "hello");
    socket().deliver(nack("id-1", "not_in_room"));
    await expect(refused).rejects.toMatchObject({ code: "not_in_room" });
    expect(session.store.getState().pending[0]?.error?.message).toBe("no: not_in_room");

    session.retryMessage("id-1");
    expect(session.store.getState().pending[0]?.error).toBeNull();
    expect(socket().commands.map(({ id }) => id)).toEqual(["id-1", "id-1"]);
    socket().deliver(nack("id-1", "not_in_room"));
    session.discardMessage("id-1");
    expect(session.store.getState().pending).toEqual([]);
  });
});

describe("a reload", () => {
  it("takes up what was unsettled, under the same id", async () => {
    const world = new World();
    const before = await connected(welcome(), world);
    void before.session.commands.sendMessage("main", "hello");
    const after = await connected(welcome(), world);
    await settled();
    expect(shown(after.session)).toEqual(["pending id-1"]);
    expect(after.socket().commands.map(({ id }) => id)).toEqual(["id-1"]);
    after
      .socket()
      .deliver(ack("id-1", { message: message("main", 1, "ada", "id-1") }, { duplicate: true }));
    expect(shown(after.session)).toEqual(["main-1"]);
    const later = await connected(
      welcome({ messages: [message("main", 1, "ada", "id-1")] }),
      world,
    );
    expect(later.socket().commands).toEqual([]);
  });

  it("does not send what the snapshot shows to be there", async () => {
    const world = new World();
    const before = await connected(welcome(), world);
    void before.session.commands.sendMessage("main", "hello");
    const there = [message("main", 1, "ada", "id-1")];
    const after = await connected(welcome({ messages: there }), world);
    expect(shown(after.session)).toEqual(["main-1"]);
    expect(after.socket().commands).toEqual([]);
  });

  it("leaves one person's words to that person", async () => {
    const world = new World();
    const before = await connected(welcome(), world);
    void before.session.commands.sendMessage("main", "hello");
    const after = await connected(welcome({ self: "grace" }), world);
    expect(shown(after.session)).toEqual([]);
    expect(after.socket().commands).toEqual([]);
  });

  it("does not send what is older than the server's memory of ids", async () => {
    const world = new World();
    const before = await connected(welcome(), world);
    void before.session.commands.sendMessage("main", "hello");
    before.session.stop();
    await world.clock.advance(24 * 60 * 60 * 1000);
    const after = await connected(welcome(), world);
    expect(after.session.store.getState().pending[0]?.error?.code).toBe("expired");
    expect(after.socket().commands).toEqual([]);
  });
});

/** What a list of the main room's messages would show, in order. */
function shown({ store }: Awaited<ReturnType<typeof connected>>["session"]): string[] {
  const { messages, pending } = store.getState();
  const real = messages.main?.items.map(({ id }) => id) ?? [];
  return [...real, ...pending.map(({ commandId }) => `pending ${commandId}`)];
}
