import { describe, expect, it } from "vitest";
import type { Role } from "../src/generated/protocol.ts";
import { isMutedIn, selectExpected } from "../src/index.ts";
import { connected } from "./support/connected.ts";
import { events, participant, room, welcome } from "./support/frames.ts";

/** Ada with a role, Grace in Blue, muted in these rooms. */
async function scene(role: Role, mutedIn: string[] = []) {
  const grace = { ...participant("grace", "blue"), ...(mutedIn.length > 0 && { mutedIn }) };
  const ada = { ...participant("ada"), role };
  const rooms = [room("blue"), room("red")];
  const setting = await connected(welcome({ participants: [ada, grace], rooms }));
  const state = () => setting.session.store.getState();
  return {
    ...setting,
    seen: () => state().participants["grace"],
    expected: () => selectExpected(state()).participants["grace"],
  };
}

describe("a mute", () => {
  it("holds in the whole session, or in single rooms", () => {
    const grace = participant("grace");
    expect(isMutedIn(grace, "blue")).toBe(false);
    expect(isMutedIn({ ...grace, muted: true }, "blue")).toBe(true);
    expect(isMutedIn({ ...grace, mutedIn: ["blue"] }, "blue")).toBe(true);
    expect(isMutedIn({ ...grace, mutedIn: ["blue"] }, "red")).toBe(false);
  });

  it("by a facilitator is expected in the room, by a moderator in the session", async () => {
    const facilitator = await scene("participant");
    void facilitator.session.commands.muteParticipant("grace", true);
    expect(facilitator.expected()).toMatchObject({ muted: false, mutedIn: ["blue"] });
    const moderator = await scene("moderator");
    void moderator.session.commands.muteParticipant("grace", true);
    expect(moderator.expected()?.muted).toBe(true);
    expect(moderator.expected()?.mutedIn).toBeUndefined();
  });

  it("that a facilitator lifts leaves those of other rooms", async () => {
    const { session, expected } = await scene("participant", ["blue", "red"]);
    void session.commands.muteParticipant("grace", false);
    expect(expected()?.mutedIn).toEqual(["red"]);
  });

  it("ends with its room", async () => {
    const { socket, seen } = await scene("host", ["blue", "red"]);
    socket().deliver(events("session", 3, { type: "breakout_room_deleted", roomId: "blue" }));
    expect(seen()?.mutedIn).toEqual(["red"]);
    socket().deliver(events("session", 4, { type: "breakout_room_deleted", roomId: "red" }));
    expect(seen()).not.toHaveProperty("mutedIn");
  });
});
