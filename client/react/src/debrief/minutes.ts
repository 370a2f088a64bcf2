import type { DebriefRoom } from "@flagship/core";

const MINUTE_MS = 60_000;

/** The most minutes that are drawn and listed: the last day. */
const MOST = 24 * 60;

/** Messages by the minute. */
export interface Minutes {
  /** When each began, milliseconds since the epoch: every one from before the first to after the last. */
  moments: readonly number[];
  rooms: readonly { roomId: string; name: string; counts: readonly number[] }[];
}

/** How much was said in each minute in the rooms in which most was said; `undefined` if nothing was. */
export function minutesOf(rooms: readonly DebriefRoom[], most: number): Minutes | undefined {
  const spoken = rooms
    .filter(({ messageMinutes }) => messageMinutes.length > 0)
    .sort((a, b) => b.messages - a.messages)
    .slice(0, most);
  const began = spoken.flatMap(({ messageMinutes }) => messageMinutes.map(([minute]) => minute));
  if (began.length === 0) return undefined;
  // With a silent minute on either side, so that a single one has a shape.
  const last = began.reduce((a, b) => Math.max(a, b)) + MINUTE_MS;
  const first = Math.max(
    began.reduce((a, b) => Math.min(a, b)) - MINUTE_MS,
    last - (MOST - 1) * MINUTE_MS,
  );
  const length = (last - first) / MINUTE_MS + 1;
  const moments = Array.from({ length }, (_, index) => first + index * MINUTE_MS);
  return {
    moments,
    rooms: spoken.map(({ roomId, name, messageMinutes }) => {
      const counts = new Map(messageMinutes);
      return { roomId, name, counts: moments.map((minute) => counts.get(minute) ?? 0) };
    }),
  };
}
