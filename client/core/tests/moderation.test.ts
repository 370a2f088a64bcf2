import { describe, expect, it } from "vitest";
import type { HelpRequest, Moderation } from "../src/generated/protocol.ts";
import { connected, reconnected } from "./support/connected.ts";
import { ack, events, helpRequest, participant, resumed, room, welcome } from "./support/frames.ts";

const nothing: Moderation = { help: [], guests: [], profiles: {}, banned: [] };

const asModerator = (moderation: Moderation = nothing) =>
  connected(
    welcome({
      streams: { session: 3, "room:main": 0, moderators: 0 },
      moderation,
      rooms: [room("blue")],
    }),
  );

describe("those who are banned", () => {
  it("are known with their names, until they are let back in", async () => {
    const { session, socket } = await asModerator();
    const banned = () => session.store.getState().moderation?.banned;
    const mallory = participant("mallory");
    socket().deliver(
      events(
        "session",
        3,
        { type: "participant_joined", participant: mallory },
        { type: "participant_banned", participantId: "mallory" },
        { type: "participant_banned", participantId: "left-before" },
      ),
    );
    expect(banned()).toEqual([
      { id: "mallory", alias: mallory.alias },
      { id: "left-before", alias: "left-before" },
    ]);
    socket().deliver(
      events("session", 6, { type: "participant_unbanned", participantId: "mallory" }),
    );
    expect(banned()?.map(({ id }) => id)).toEqual(["left-before"]);
  });
});

describe("the help queue", () => {
  it("has alerts on top, then who has waited longest, and nothing that is closed", async () => {
    const { session, socket } = await asModerator();
    const queue = () => session.store.getState().moderation?.help.map(({ id }) => id);
    const requested = (it: HelpRequest) => ({ type: "help_requested" as const, request: it });
    const alert = helpRequest("h12", { kind: "alert", askedAt: 30 });
    socket().deliver(
      events(
        "moderators",
        0,
        requested(helpRequest("h10", { askedAt: 20 })),
        requested(helpRequest("h9", { askedAt: 20 })),
        requested(alert),
      ),
    );
    expect(queue()).toEqual(["h12", "h9", "h10"]);
    const claimed = { ...alert, state: "claimed" as const, claimedBy: "ada", claimedAt: 31 };
    socket().deliver(events("moderators", 3, { type: "help_updated", request: claimed }));
    expect(session.store.getState().moderation?.help[0]).toEqual(claimed);
    const resolved = { ...claimed, state: "resolved" as const, closedAt: 40 };
    socket().deliver(events("moderators", 4, { type: "help_updated", request: resolved }));
    expect(queue()).toEqual(["h9", "h10"]);
  });

  it("is not known to those who are no moderators; their own request is", async () => {
    const streams = { session: 3, "room:main": 0, "participant:ada": 0 };
    const { session, socket } = await connected(welcome({ streams }));
    const own = helpRequest("h1", { participantId: "ada" });
    socket().deliver(events("participant:ada", 0, { type: "help_requested", request: own }));
    expect(session.store.getState().moderation).toBeNull();
    expect(session.store.getState().own.help).toEqual([own]);
    const cancelled = { ...own, state: "cancelled" as const, closedAt: 9 };
    socket().deliver(events("participant:ada", 1, { type: "help_updated", request: cancelled }));
    expect(session.store.getState().own.help).toEqual([]);
  });

  it("keeps a moderator's own requests apart from those of others", async () => {
    const { session, socket } = await asModerator();
    const own = helpRequest("h2", { participantId: "ada" });
    socket().deliver(
      events(
        "moderators",
        0,
        { type: "help_requested", request: helpRequest("h1") },
        { type: "help_requested", request: own },
      ),
    );
    expect(session.store.getState().own.help).toEqual([own]);
    expect(session.store.getState().moderation?.help).toHaveLength(2);
  });
});

describe("what moderators know", () => {
  it("has the guests by key, until their room is deleted or they are taken off", async () => {
    const { session, socket } = await asModerator();
    const guests = () => session.store.getState().moderation?.guests;
    const b = { key: "b@x.test", roomId: "blue" };
    const a = { key: "a@x.test", roomId: "red" };
    socket().deliver(events("moderators", 0, { type: "guests_assigned", assignments: [b, a] }));
    expect(guests()).toEqual([a, b]);
    const off = [{ key: "a@x.test", roomId: null }];
    socket().deliver(events("moderators", 1, { type: "guests_assigned", assignments: off }));
    expect(guests()).toEqual([b]);
    socket().deliver(events("session", 3, { type: "breakout_room_deleted", roomId: "blue" }));
    expect(guests()).toEqual([]);
  });

  it("has what people wrote about themselves", async () => {
    const { session, socket } = await asModerator();
    const profile = { about: "I build boats.", tags: ["boats"] };
    const wrote = { type: "profile_updated" as const, participantId: "grace", profile };
    socket().deliver(events("moderators", 0, wrote));
    expect(session.store.getState().moderation?.profiles).toEqual({ grace: profile });
    expect(session.store.getState().own.profile).toEqual({ about: null, tags: [] });
    const taken = { ...wrote, profile: { about: null, tags: [] } };
    socket().deliver(events("moderators", 1, taken));
    expect(session.store.getState().moderation?.profiles).toEqual({});
  });

  it("comes with the role and goes with it", async () => {
    const { session, socket } = await connected();
    const known = { ...nothing, help: [helpRequest("h1")] };
    const follow = { session: 3, "room:main": 0 };
    socket().deliver({
      type: "notice",
      code: "streams_changed",
      streams: { ...follow, moderators: 7 },
      messages: [],
      moderation: known,
    });
    expect(session.store.getState().moderation).toEqual(known);
    expect(Object.keys(session.store.getState().messages)).toEqual(["main"]);
    const more = { type: "help_requested" as const, request: helpRequest("h2", { askedAt: 20 }) };
    socket().deliver(events("moderators", 7, more));
    expect(session.store.getState().moderation?.help).toHaveLength(2);
    socket().deliver({ type: "notice", code: "streams_changed", streams: follow, messages: [] });
    expect(session.store.getState().moderation).toBeNull();
  });

  it("comes with the answer to a command", async () => {
    const { session, socket } = await connected();
    const asked = session.commands.joinSession();
    const { id = "" } = socket().commands[0] ?? {};
    const streams = { session: 3, "room:main": 0, moderators: 1 };
    const result = { participant: participant("ada") };
    socket().deliver(ack(id, result, { streams, moderation: nothing }));
    await asked;
    expect(session.store.getState().moderation).toEqual(nothing);
  });

  it("is kept over a resume, taken by a welcome with it, and lost by one without its stream", async () => {
    const setting = await asModerator({ ...nothing, help: [helpRequest("h1")] });
    const moderation = () => setting.session.store.getState().moderation;
    const streams = { session: 3, "room:main": 0, moderators: 0 };
    await reconnected(setting, resumed(streams));
    expect(moderation()?.help).toHaveLength(1);
    await reconnected(setting, resumed({ session: 3, "room:main": 0 }));
    expect(moderation()).toBeNull();
  });
});

describe("whoever waits to be let in", () => {
  const invitation = { roomId: "blue", invitedBy: "ada", invitedAt: 5, postponed: false };
  const waiting = { ...participant("grace"), knockingRoomId: "blue", invitation };
  const start = () => connected(welcome({ participants: [participant("ada"), waiting] }));

  it("waits no more once they are in a room", async () => {
    const { session, socket } = await start();
    const joined = { type: "breakout_room_joined" as const, roomId: "red", participantId: "grace" };
    socket().deliver(events("session", 3, joined));
    expect(session.store.getState().participants.grace).toEqual(participant("grace", "red"));
  });

  it.each([
    { type: "breakout_room_closed" as const, room: { ...room("blue"), state: "closed" as const } },
    { type: "breakout_room_deleted" as const, roomId: "blue" },
  ])("waits no more after $type", async (end) => {
    const { session, socket } = await start();
    socket().deliver(events("session", 3, end));
    expect(session.store.getState().participants.grace).toEqual(participant("grace"));
  });

  it("waits on while another room closes", async () => {
    const { session, socket } = await start();
    const other = { ...room("red"), state: "closed" as const };
    socket().deliver(events("session", 3, { type: "breakout_room_closed", room: other }));
    expect(session.store.getState().participants.grace).toEqual(waiting);
  });
});

describe("whoever is removed", () => {
  it("is no longer there for others", async () => {
    const { session, socket } = await connected();
    const removed = { type: "participant_removed" as const, participantId: "grace" };
    socket().deliver(events("session", 3, removed));
    expect(Object.keys(session.store.getState().participants)).toEqual(["ada"]);
  });

  it("is told why, and does not try again", async () => {
    const { session, socket } = await connected();
    socket().closes(4411);
    const { connection } = session.store.getState();
    expect(connection).toMatchObject({ phase: "stopped", error: { code: "removed" } });
  });
});
