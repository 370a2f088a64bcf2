import { describe, expect, test } from "vitest";
import { type Commands, isAskedFor, selectExpected, selectExpectedRoom } from "../src/index.ts";
import { connected, reconnected } from "./support/connected.ts";
import { ack, events, nack, participant, resumed, room, welcome } from "./support/frames.ts";

const blue = room("r1", "Blue");

/** Ada's session with one open room, in which nobody is. */
async function scene() {
  const setting = await connected(welcome({ rooms: [blue] }));
  const { session, socket } = setting;
  const expected = () => selectExpected(session.store.getState());
  const idOf = (index: number) => socket().commands[index]?.id ?? "";
  return { ...setting, expected, idOf, names: () => expected().rooms.map(({ name }) => name) };
}

/** Not all that is asked for comes about in these tests. */
const ignore = () => {};

describe("what is expected", () => {
  test("is the state itself while nothing is asked for", async () => {
    const { session, expected } = await scene();
    expect(expected().rooms).toBe(session.store.getState().rooms);
  });

  test("is there at once, and stays from the answer to the event", async () => {
    const { session, socket, names, idOf } = await scene();
    const renamed = session.commands.updateRoom("r1", { name: "Green" });
    expect(names()).toEqual(["Green"]);
    expect(session.store.getState().rooms[0]?.name).toBe("Blue");

    const room = { ...blue, name: "Green" };
    socket().deliver(ack(idOf(0), { room }, { rev: 103 }));
    await renamed;
    expect(names()).toEqual(["Green"]);

    socket().deliver(events("session", 3, { type: "breakout_room_updated", room }));
    expect(session.store.getState().unsettled).toEqual([]);
    expect(names()).toEqual(["Green"]);
  });

  test("does not outlive an event that came before the answer", async () => {
    const { session, socket, names, idOf } = await scene();
    void session.commands.updateRoom("r1", { name: "Green" });
    const green = { ...blue, name: "Green" };
    socket().deliver(events("session", 3, { type: "breakout_room_updated", room: green }));
    socket().deliver(ack(idOf(0), { room: green }, { rev: 103 }));
    expect(session.store.getState().unsettled).toEqual([]);
    const red = { ...blue, name: "Red" };
    socket().deliver(events("session", 4, { type: "breakout_room_updated", room: red }));
    expect(names()).toEqual(["Red"]);
  });

  test("is as it was after a refusal, which says why", async () => {
    const { session, socket, names, idOf } = await scene();
    const renamed = session.commands.updateRoom("r1", { name: "Green" });
    socket().deliver(nack(idOf(0), "stale"));
    await expect(renamed).rejects.toMatchObject({ code: "stale" });
    expect(names()).toEqual(["Blue"]);
  });

  test("has several changes in the order in which they were asked for", async () => {
    const { session, names, expected } = await scene();
    void session.commands.createRoom({ name: "Red", preparing: true });
    void session.commands.updateRoom("r1", { name: "Green" });
    void session.commands.updateRoom("r1", { name: "Teal" });
    expect(names()).toEqual(["Teal", "Red"]);
    expect(expected().rooms.map(isAskedFor)).toEqual([false, true]);
  });

  test("lets people go where they are assigned, into open rooms at once", async () => {
    const { session, socket, expected, idOf } = await scene();
    const assigned = session.commands.assign([{ participantId: "grace", roomId: "r1" }]);
    expect(expected().participants.grace).toMatchObject({ roomId: "r1", assignedRoomId: "r1" });
    socket().deliver(nack(idOf(0), "room_full"));
    await assigned.catch(ignore);
    expect(expected().participants.grace).toEqual(participant("grace"));
  });

  test("gives the same objects until something changes", async () => {
    const { session, socket, expected } = await scene();
    void session.commands.deleteRoom("r1");
    const before = expected();
    socket().deliver({ type: "typing", roomId: "main", participantId: "grace" });
    expect(expected()).toBe(before);
  });

  test("of what an answer was lost for is not held on to", async () => {
    const { session, socket, names, idOf, ...setting } = await scene();
    void session.commands.updateRoom("r1", { name: "Green" });
    const id = idOf(0);
    await reconnected({ session, socket, ...setting }, resumed({ session: 3, "room:main": 0 }));
    expect(socket().commands[0]?.id).toBe(id);
    socket().deliver(ack(id, { room: blue }, { rev: 999, duplicate: true }));
    expect(session.store.getState().unsettled).toEqual([]);
    expect(names()).toEqual(["Blue"]);
  });
});

describe("the room that one will be in", () => {
  const red = room("r2", "Red");
  const invitation = { roomId: "r2", invitedBy: "grace", invitedAt: 1, postponed: false };
  const people = [{ ...participant("ada", "r1"), invitation }, participant("grace", "r2")];

  const ways: [name: string, ask: (commands: Commands) => Promise<unknown>, room: string][] = [
    ["joining another", (to) => to.joinRoom("r2"), "r2"],
    ["leaving", (to) => to.leaveRoom(), "main"],
    ["leaving the room that one is in", (to) => to.leaveRoom("r1"), "main"],
    ["leaving a room that one is not in", (to) => to.leaveRoom("r2"), "r1"],
    ["accepting an invitation", (to) => to.answerInvitation("accept"), "r2"],
    ["keeping it for later", (to) => to.answerInvitation("later"), "r1"],
    ["moving oneself", (to) => to.moveParticipant("ada", "r2"), "r2"],
    ["moving somebody else", (to) => to.moveParticipant("grace", "r1"), "r1"],
    ["changing places", (to) => to.swapParticipants("ada", "grace"), "r2"],
    ["changing places the other way round", (to) => to.swapParticipants("grace", "ada"), "r2"],
    [
      "assigning oneself to an open room",
      (to) => to.assign([{ participantId: "ada", roomId: "r2" }]),
      "r2",
    ],
    ["being assigned to none", (to) => to.assign([{ participantId: "ada", roomId: null }]), "r1"],
    ["closing it", (to) => to.closeRoom("r1"), "main"],
    ["deleting it", (to) => to.deleteRoom("r1"), "main"],
    ["closing another", (to) => to.closeRoom("r2"), "r1"],
  ];

  test.each(ways)("by %s", async (_, ask, expected) => {
    const { session } = await connected(welcome({ rooms: [blue, red], participants: people }));
    void ask(session.commands).catch(ignore);
    expect(selectExpectedRoom(session.store.getState())).toBe(expected);
  });

  test("follows from all that is asked for, in order", async () => {
    const { session } = await connected(welcome({ rooms: [blue, red], participants: people }));
    const { commands } = session;
    for (const asked of [commands.joinRoom("r2"), commands.leaveRoom("r1")]) asked.catch(ignore);
    expect(selectExpectedRoom(session.store.getState())).toBe("r2");
    commands.leaveRoom("r2").catch(ignore);
    expect(selectExpectedRoom(session.store.getState())).toBe("main");
  });
});
