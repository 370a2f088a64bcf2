import type { RoomActivity } from "@flagship/core";
import { expect, it } from "vitest";
import { attentionOf, byAttention } from "../src/activity/attention.ts";

const NOW = 1_000_000;

const room = (roomId: string, more: Partial<RoomActivity> = {}): RoomActivity => ({
  roomId,
  present: 3,
  assigned: 3,
  messages: 9,
  recentMessages: 4,
  lastMessageAt: NOW - 10_000,
  longestHelpWaitMs: null,
  ...more,
});

it("a room that goes on needs nobody", () => {
  expect(attentionOf(room("a"), NOW)).toBe("none");
  expect(attentionOf(room("a", { lastMessageAt: null }), NOW)).toBe("none");
  expect(attentionOf(room("a", { present: 1, lastMessageAt: 0 }), NOW)).toBe("none");
  expect(attentionOf(room("a", { present: 0, assigned: 0 }), NOW)).toBe("none");
});

it("those that need somebody come first, the longest wait before all", () => {
  const rooms = [
    room("fine"),
    room("silent", { lastMessageAt: NOW - 180_000 }),
    room("empty", { present: 0 }),
    room("waits", { longestHelpWaitMs: 5_000 }),
    room("waits-longer", { longestHelpWaitMs: 50_000 }),
    room("fine-too"),
  ];
  expect(byAttention(rooms, NOW).map(({ room: { roomId } }) => roomId)).toEqual([
    "waits-longer",
    "waits",
    "empty",
    "silent",
    "fine",
    "fine-too",
  ]);
});
