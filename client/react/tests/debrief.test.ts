import type { DebriefRoom, DebriefVisit } from "@flagship/core";
import { describe, expect, it } from "vitest";
import { lanesByPerson, lanesByRoom, spanOf } from "../src/debrief/lanes.ts";
import { minutesOf } from "../src/debrief/minutes.ts";

const visit = (alias: string, roomId: string, enteredAt: number, leftAt: number | null) =>
  ({
    round: 1,
    roomId,
    roomName: roomId,
    participantId: alias,
    alias,
    enteredAt,
    leftAt,
    messages: 0,
  }) satisfies DebriefVisit;

const room = (roomId: string, ...messageMinutes: [number, number][]): DebriefRoom => ({
  roomId,
  name: roomId,
  messages: messageMinutes.reduce((sum, [, count]) => sum + count, 0),
  firstMessageAt: null,
  lastMessageAt: null,
  messageMinutes,
  visitors: 0,
});

describe("who was where", () => {
  const visits = [
    visit("Grace", "blue", 1_000, 5_000),
    visit("Ada", "blue", 2_000, 4_000),
    visit("Ada", "red", 4_000, null),
  ];

  it("is a lane for each person, by name", () => {
    const lanes = lanesByPerson({ visits });
    expect(lanes.map(({ name }) => name)).toEqual(["Ada", "Grace"]);
    expect(lanes[0]?.stretches.map(({ roomId, from, to }) => [roomId, from, to])).toEqual([
      ["blue", 2_000, 4_000],
      ["red", 4_000, null],
    ]);
  });

  it("is a lane for each room, as high as it was full", () => {
    const [blue, red, empty] = lanesByRoom({
      visits,
      rooms: [room("blue"), room("red"), room("empty")],
    });
    expect(blue?.stretches.map(({ from, to, level }) => [from, to, level])).toEqual([
      [1_000, 2_000, 0.5],
      [2_000, 4_000, 1],
      [4_000, 5_000, 0.5],
    ]);
    expect(red?.stretches.map(({ from, to, level }) => [from, to, level])).toEqual([
      [4_000, null, 0.5],
    ]);
    expect(empty?.stretches).toEqual([]);
  });

  it("goes from the first visit to the last, or to now", () => {
    expect(spanOf({ visits }, 9_000)).toEqual({ from: 1_000, to: 9_000 });
    expect(spanOf({ visits: visits.slice(0, 2) }, 9_000)).toEqual({ from: 1_000, to: 5_000 });
    expect(spanOf({ visits: [] }, 9_000)).toBeUndefined();
  });
});

describe("messages by the minute", () => {
  it("are counted in every minute from before the first to after the last, of those who spoke most", () => {
    const rooms = [
      room("little", [60_000, 1]),
      room("much", [120_000, 4], [240_000, 2]),
      room("silent"),
      room("least", [180_000, 1]),
    ];
    expect(minutesOf(rooms, 2)).toEqual({
      moments: [0, 60_000, 120_000, 180_000, 240_000, 300_000],
      rooms: [
        { roomId: "much", name: "much", counts: [0, 0, 4, 0, 2, 0] },
        { roomId: "little", name: "little", counts: [0, 1, 0, 0, 0, 0] },
      ],
    });
    expect(minutesOf([room("silent")], 2)).toBeUndefined();
  });
});
