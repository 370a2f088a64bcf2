import { describe, expect, it } from "vitest";
import { connected, reconnected } from "./support/connected.ts";
import {
  ack,
  events,
  message,
  participant,
  resumed,
  room,
  said,
  welcome,
} from "./support/frames.ts";

const seqs = (items: readonly { seq: number }[] = []) => items.map(({ seq }) => seq);

describe("events", () => {
  it("come one frame or an array of frames at a time, and are told once each", async () => {
    const { session, socket } = await connected();
    let told = 0;
    session.store.subscribe(() => {
      told += 1;
    });
    socket().deliver([
      events("session", 3, { type: "breakout_room_created", room: room("blue") }),
      said(0, message("main", 1), message("main", 2)),
      { type: "presence", connected: ["grace"], disconnected: ["ada"] },
    ]);
    const state = session.store.getState();
    expect(told).toBe(1);
    expect(state.rooms.map(({ id }) => id)).toEqual(["blue"]);
    expect(seqs(state.messages.main?.items)).toEqual([1, 2]);
    expect([...state.connected]).toEqual(["grace"]);
  });

  it("are dropped when they are known already", async () => {
    const { world, session, socket } = await connected();
    socket().deliver(said(0, message("main", 1), message("main", 2)));
    const { messages } = session.store.getState();
    socket().deliver(said(0, message("main", 1), message("main", 2)));
    expect(session.store.getState().messages).toBe(messages);
    expect(session.store.getState().statistics).toMatchObject({ events: 2, repeats: 2 });
    socket().deliver(said(1, message("main", 2), message("main", 3)));
    expect(seqs(session.store.getState().messages.main?.items)).toEqual([1, 2, 3]);
    expect(world.sockets).toHaveLength(1);
  });

  it("of a stream that is not followed are ignored", async () => {
    const { world, session, socket } = await connected();
    socket().deliver(said(7, message("blue", 8)));
    expect(session.store.getState().messages.blue).toBeUndefined();
    expect(world.sockets).toHaveLength(1);
  });

  it("of a type from a later version only move the position on", async () => {
    const { session, socket } = await connected();
    const later = events("session", 3, { type: "session_ended", session: { title: "x" } as never });
    socket().deliver(JSON.parse(JSON.stringify(later).replace("session_ended", "confetti_thrown")));
    socket().deliver(events("session", 4, { type: "participant_left", participantId: "grace" }));
    expect(session.store.getState().session?.title).toBe("Planning");
    expect(session.store.getState().participants.grace).toBeUndefined();
  });
});

describe("where somebody is", () => {
  const inRoom =
    (id: string) => (store: { getState(): { participants: Record<string, { roomId: string }> } }) =>
      store.getState().participants[id]?.roomId;

  it("follows from joining and leaving rooms", async () => {
    const { session, socket } = await connected(welcome({ rooms: [room("blue"), room("red")] }));
    const grace = inRoom("grace");
    const participantId = "grace";
    socket().deliver(
      events("session", 3, { type: "breakout_room_joined", roomId: "blue", participantId }),
    );
    expect(grace(session.store)).toBe("blue");
    socket().deliver(
      events(
        "session",
        4,
        { type: "breakout_room_left", roomId: "blue", participantId },
        { type: "breakout_room_joined", roomId: "red", participantId },
      ),
    );
    expect(grace(session.store)).toBe("red");
    socket().deliver(
      events("session", 6, { type: "breakout_room_left", roomId: "red", participantId }),
    );
    expect(grace(session.store)).toBe("main");
  });

  it("is not main for whoever went elsewhere before they are said to have left", async () => {
    const { session, socket } = await connected(
      welcome({ participants: [participant("ada"), participant("grace", "red")] }),
    );
    socket().deliver(
      events("session", 3, { type: "breakout_room_left", roomId: "blue", participantId: "grace" }),
    );
    expect(inRoom("grace")(session.store)).toBe("red");
  });
});

describe("followed streams", () => {
  const blue = [message("blue", 6), message("blue", 7)];
  const changed = { session: 3, "room:main": 0, "room:blue": 7 };

  it("begin where the notice says, with the messages it brings", async () => {
    const { session, socket } = await connected();
    socket().deliver({ type: "notice", code: "streams_changed", streams: changed, messages: blue });
    socket().deliver(said(7, message("blue", 8)));
    const held = session.store.getState().messages.blue;
    expect(seqs(held?.items)).toEqual([6, 7, 8]);
    expect(held?.older).toBe(6);
  });

  it("end when they are no longer listed", async () => {
    const setting = await connected();
    setting
      .socket()
      .deliver({ type: "notice", code: "streams_changed", streams: changed, messages: blue });
    setting.socket().deliver({
      type: "notice",
      code: "streams_changed",
      streams: { session: 3, "room:main": 0 },
      messages: [],
    });
    setting.socket().deliver(said(7, message("blue", 8)));
    expect(setting.session.store.getState().messages.blue).toBeUndefined();
    await reconnected(setting, resumed({ session: 3, "room:main": 0 }));
    expect(setting.socket().frames[0]).toMatchObject({
      resume: { streams: { session: 3, "room:main": 0 } },
    });
  });

  it("keep their position when the set changes", async () => {
    const { world, session, socket } = await connected();
    socket().deliver({
      type: "notice",
      code: "streams_changed",
      streams: { session: 3, "room:main": 2 },
      messages: [],
    });
    socket().deliver(said(0, message("main", 1), message("main", 2)));
    expect(seqs(session.store.getState().messages.main?.items)).toEqual([1, 2]);
    expect(world.sockets).toHaveLength(1);
  });

  it("change with one's own command, by its ack", async () => {
    const { session, socket } = await connected();
    void session.commands.joinRoom("blue");
    socket().deliver(
      ack(
        "id-1",
        { participant: participant("ada", "blue") },
        { streams: changed, messages: blue },
      ),
    );
    expect(seqs(session.store.getState().messages.blue?.items)).toEqual([6, 7]);
  });

  it("do not change by a repeated answer: its streams may be those of another time", async () => {
    const { session, socket } = await connected();
    void session.commands.joinRoom("blue");
    const result = { participant: participant("ada", "blue") };
    socket().deliver(ack("id-1", result, { duplicate: true, streams: changed, messages: blue }));
    expect(session.store.getState().messages.blue).toBeUndefined();
  });

  it("that are new after a resume bring their newest messages", async () => {
    const setting = await connected();
    await reconnected(setting, resumed(changed, blue));
    expect(seqs(setting.session.store.getState().messages.blue?.items)).toEqual([6, 7]);
  });
});

describe("typing", () => {
  it("ends by itself, and with the message", async () => {
    const { world, session, socket } = await connected();
    const typing = () => session.store.getState().typing.map(({ participantId }) => participantId);
    socket().deliver({ type: "typing", roomId: "main", participantId: "grace" });
    expect(typing()).toEqual(["grace"]);
    await world.clock.advance(5_000);
    expect(typing()).toEqual([]);
    socket().deliver({ type: "typing", roomId: "main", participantId: "grace" });
    socket().deliver(said(0, message("main", 1, "grace")));
    expect(typing()).toEqual([]);
  });

  it("is said every three seconds at most", async () => {
    const { world, session, socket } = await connected();
    session.typing("main");
    session.typing("main");
    await world.clock.advance(3_000);
    session.typing("main");
    expect(socket().frames.filter(({ type }) => type === "typing")).toHaveLength(2);
  });
});
