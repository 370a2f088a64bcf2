import type { RoomActivity } from "@flagship/core";

/** Why a host may want to look after a room, the most urgent first. */
export const ATTENTION = ["help", "empty", "silent", "none"] as const;

export type Attention = (typeof ATTENTION)[number];

/** So long without a word, and people who came to talk may be stuck. Milliseconds. */
const SILENT_MS = 3 * 60_000;

/** Whether a room needs somebody. `now`: by the server's clock, milliseconds since the epoch. */
export function attentionOf(room: RoomActivity, now: number): Attention {
  if (room.longestHelpWaitMs !== null) return "help";
  if (room.present === 0) return room.assigned > 0 ? "empty" : "none";
  const isSilent = room.lastMessageAt !== null && now - room.lastMessageAt >= SILENT_MS;
  // Of a room in which nothing was said yet it is not known since when: its people may just have come.
  return room.present > 1 && isSilent ? "silent" : "none";
}

/** Those that need somebody first, the others as they were. */
export function byAttention(
  rooms: readonly RoomActivity[],
  now: number,
): readonly { room: RoomActivity; attention: Attention }[] {
  return rooms
    .map((room) => ({ room, attention: attentionOf(room, now) }))
    .sort((a, b) => {
      const rank = ATTENTION.indexOf(a.attention) - ATTENTION.indexOf(b.attention);
      if (rank !== 0) return rank;
      return (b.room.longestHelpWaitMs ?? 0) - (a.room.longestHelpWaitMs ?? 0);
    });
}
