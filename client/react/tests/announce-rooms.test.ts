import type { Participant, Role, Room, SessionState } from "@flagship/core";
import { describe, expect, it } from "vitest";
import { catalog } from "../src/i18n/messages.ts";
import { announceRooms } from "../src/session/announce-rooms.ts";

const t = catalog.translate({ language: "en", locale: "en", dir: "ltr" });

const NOW = 1_000_000;

const room = (id: string, more: Partial<Room> = {}) =>
  ({ id, name: id, state: "open", endsAt: NOW + 60_000, closesAt: null, ...more }) as Room;

const closing = (id: string) =>
  room(id, { state: "closing", endsAt: null, closesAt: NOW + 30_000 });

/** What somebody sees: who they are, where they are, and the rooms. */
function seen(role: Role, roomId: string, rooms: Room[], warned: string[] = []): SessionState {
  const warnings = Object.fromEntries(
    warned.map((id) => [id, { endsAt: NOW + 60_000, remainingMs: 60_000 }]),
  );
  const participants = { me: { id: "me", role, roomId } as Participant };
  return { selfId: "me", participants, rooms, warnings } as Partial<SessionState> as SessionState;
}

function told(before: SessionState, now: SessionState, serverNow = NOW): string[] {
  const words: string[] = [];
  announceRooms(t, before, now, serverNow, (kind, text) => words.push(`${kind}: ${text}`));
  return words;
}

describe("time that runs out", () => {
  const rooms = [room("Blue"), room("Red")];

  it("is said once, to those in the room", () => {
    const before = seen("participant", "Blue", rooms);
    const now = seen("participant", "Blue", rooms, ["Blue", "Red"]);
    expect(told(before, now)).toEqual(["info: Blue begins to close in 1 minute."]);
    expect(told(now, { ...now, rooms: [...rooms] })).toEqual([]);
  });

  it("is nothing to those in main, unless they keep order", () => {
    const warned = ["Blue", "Red"];
    const tell = (role: Role) => told(seen(role, "main", rooms), seen(role, "main", rooms, warned));
    expect(tell("participant")).toEqual([]);
    expect(tell("moderator")).toEqual(["info: Rooms begin to close in 1 minute."]);
  });

  it("is said as it is now, and not at all when it is over", () => {
    const before = seen("participant", "Blue", rooms);
    const now = seen("participant", "Blue", rooms, ["Blue"]);
    expect(told(before, now, NOW + 40_000)).toEqual(["info: Blue begins to close in 20 seconds."]);
    expect(told(before, now, NOW + 60_000)).toEqual([]);
  });
});

describe("a countdown", () => {
  it("is said once when it begins", () => {
    const before = seen("host", "main", [room("Blue"), room("Red")]);
    const now = seen("host", "main", [closing("Blue"), closing("Red")]);
    expect(told(before, now)).toEqual(["quiet: Rooms close in 30 seconds."]);
    const renamed = seen("host", "main", [closing("Blue"), { ...closing("Red"), name: "Crimson" }]);
    expect(told(now, renamed)).toEqual([]);
  });
});
