import { describe, expect, it } from "vitest";
import { connected, reconnected } from "./support/connected.ts";
import {
  ack,
  events,
  participant,
  resumed,
  room,
  session as sessionInfo,
  welcome,
} from "./support/frames.ts";

const prepared = { ...room("blue"), state: "preparing" as const };
const open = { ...room("blue"), endsAt: 1_060_000 };
const closing = { ...room("blue"), state: "closing" as const, closesAt: 1_090_000 };
const closed = { ...room("blue"), state: "closed" as const };

describe("a round", () => {
  it("takes a room from being prepared to closed, and back", async () => {
    const { session, socket } = await connected(welcome({ rooms: [prepared] }));
    const blue = () => session.store.getState().rooms[0];
    socket().deliver(
      events(
        "session",
        3,
        { type: "session_updated", session: { ...sessionInfo, round: 1 } },
        { type: "breakout_room_opened", room: open },
        { type: "breakout_room_joined", roomId: "blue", participantId: "grace" },
      ),
    );
    expect(blue()).toEqual(open);
    expect(session.store.getState().session?.round).toBe(1);
    expect(session.store.getState().participants.grace?.roomId).toBe("blue");

    socket().deliver(events("session", 6, { type: "breakout_room_closing", room: closing }));
    expect(blue()).toEqual(closing);
    socket().deliver(
      events(
        "session",
        7,
        { type: "breakout_room_left", roomId: "blue", participantId: "grace" },
        { type: "breakout_room_closed", room: closed },
      ),
    );
    expect(blue()).toEqual(closed);
    expect(session.store.getState().participants.grace?.roomId).toBe("main");
    socket().deliver(events("session", 9, { type: "breakout_room_opened", room: open }));
    expect(blue()).toEqual(open);
  });

  it("goes on when a room that closes gets more time", async () => {
    const { session, socket } = await connected(welcome({ rooms: [closing] }));
    socket().deliver(events("session", 3, { type: "breakout_room_updated", room: open }));
    expect(session.store.getState().rooms).toEqual([open]);
  });
});

describe("a warning", () => {
  const warning = {
    type: "breakout_room_warning" as const,
    roomId: "blue",
    endsAt: 1_060_000,
    remainingMs: 60_000,
  };

  it("holds as long as the room's timer ends when it says", async () => {
    const { session, socket } = await connected(welcome({ rooms: [open] }));
    const warnings = () => session.store.getState().warnings;
    socket().deliver(events("session", 3, warning));
    expect(warnings()).toEqual({ blue: { endsAt: 1_060_000, remainingMs: 60_000 } });
    const before = warnings();
    const renamed = { ...open, name: "Azure" };
    socket().deliver(events("session", 4, { type: "breakout_room_updated", room: renamed }));
    expect(warnings()).toBe(before);
    const longer = { ...open, endsAt: 1_120_000 };
    socket().deliver(events("session", 5, { type: "breakout_room_updated", room: longer }));
    expect(warnings()).toEqual({});
  });

  it.each([
    { type: "breakout_room_closing" as const, room: closing },
    { type: "breakout_room_deleted" as const, roomId: "blue" },
  ])("ends with $type", async (end) => {
    const { session, socket } = await connected(welcome({ rooms: [open] }));
    socket().deliver(events("session", 3, warning, end));
    expect(session.store.getState().warnings).toEqual({});
  });
});

describe("an assignment", () => {
  const toBlue = { participantId: "grace", roomId: "blue" };

  it("is not a location, and ends with its room", async () => {
    const { session, socket } = await connected(welcome({ rooms: [prepared] }));
    const grace = () => session.store.getState().participants.grace;
    socket().deliver(
      events("session", 3, {
        type: "participants_assigned",
        assignments: [toBlue, { participantId: "gone", roomId: "blue" }],
      }),
    );
    expect(grace()).toEqual({ ...participant("grace"), assignedRoomId: "blue" });
    expect(session.store.getState().participants.gone).toBeUndefined();
    socket().deliver(events("session", 4, { type: "breakout_room_deleted", roomId: "blue" }));
    expect(grace()).toEqual(participant("grace"));
  });

  it("is taken away without moving anybody", async () => {
    const there = { ...participant("grace", "blue"), assignedRoomId: "blue" };
    const { session, socket } = await connected(welcome({ rooms: [open], participants: [there] }));
    socket().deliver(
      events("session", 3, {
        type: "participants_assigned",
        assignments: [{ participantId: "grace", roomId: null }],
      }),
    );
    expect(session.store.getState().participants.grace).toEqual(participant("grace", "blue"));
  });
});

describe("the server's clock", () => {
  it("is told from one's own, anew with each welcome", async () => {
    const setting = await connected(welcome({ serverTime: 1_500_000 }));
    const { world, session } = setting;
    expect(session.serverNow()).toBe(1_500_000);
    await world.clock.advance(2_000);
    expect(session.serverNow()).toBe(1_502_000);
    // The device's clock was set: the next welcome puts it right.
    await reconnected(setting, resumed({ session: 3, "room:main": 0 }));
    expect(session.serverNow()).toBe(1_000_000);
  });
});

describe("the server's clock, after a slow welcome", () => {
  it("is put right by what just happened there", async () => {
    const { session, socket } = await connected(welcome({ serverTime: 1_500_000 }));
    const at = 1_500_700;
    const happened = { type: "participant_unbanned", participantId: "grace" } as const;
    const event = { ...happened, seq: 4, rev: 9, at };
    socket().deliver({ type: "events", stream: "session", from: 3, events: [event] });
    expect(session.serverNow()).toBe(at);
  });
});

describe("the commands of a round", () => {
  it("are sent as they were asked for, and settle", async () => {
    const { session, socket } = await connected();
    const { commands } = session;
    const settling = [
      commands.createRoom({ name: "Blue", preparing: true }),
      commands.openRooms(),
      commands.openRooms({ roomIds: ["blue"], durationMs: 60_000 }),
      commands.closeRooms(),
      commands.closeRooms({ countdownMs: 0 }),
      commands.setTimer(null),
      commands.setTimer(1_000, ["blue"]),
      commands.extendTimer(60_000),
      commands.recallRooms(),
      commands.assign([{ participantId: "grace", roomId: null }]),
      commands.raiseHand(true),
    ];
    const ada = { ...participant("ada"), handRaised: true };
    // One is on its way at a time.
    for (const _ of settling) {
      const { id, command } = socket().commands.at(-1) ?? { id: "", command: undefined };
      const isRoom = command?.type === "create_room";
      const isHand = command?.type === "raise_hand";
      socket().deliver(ack(id, isRoom ? { room: prepared } : isHand ? { participant: ada } : {}));
    }
    expect(socket().commands.map(({ command }) => command)).toEqual([
      { type: "create_room", name: "Blue", preparing: true },
      { type: "open_rooms" },
      { type: "open_rooms", roomIds: ["blue"], durationMs: 60_000 },
      { type: "close_rooms" },
      { type: "close_rooms", countdownMs: 0 },
      { type: "set_timer", durationMs: null },
      { type: "set_timer", durationMs: 1_000, roomIds: ["blue"] },
      { type: "extend_timer", byMs: 60_000 },
      { type: "recall_rooms" },
      { type: "assign", assignments: [{ participantId: "grace", roomId: null }] },
      { type: "raise_hand", raised: true },
    ]);
    const results = await Promise.all(settling);
    expect(results[0]).toEqual(prepared);
    expect(results.slice(1, -1).every((result) => result === undefined)).toBe(true);
    expect(results.at(-1)).toEqual(ada);
  });
});
