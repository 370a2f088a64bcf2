import type { Debrief, RoomId } from "@flagship/core";

/** A part of a lane: in a room, from when to when. Milliseconds since the epoch; `null` for what goes on. */
export interface Stretch {
  roomId: RoomId;
  from: number;
  to: number | null;
  /** How high it is drawn, from 0 to 1. */
  level: number;
  /** What it says where a pointer rests on it. */
  title: string;
}

/** What happened to one person, or in one room. */
export interface Lane {
  id: string;
  name: string;
  stretches: readonly Stretch[];
}

/** From the first visit to the last, or to now while one goes on; `undefined` if there was none. */
export function spanOf(
  { visits }: Pick<Debrief, "visits">,
  now: number,
): { from: number; to: number } | undefined {
  if (visits.length === 0) return undefined;
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const { enteredAt, leftAt } of visits) {
    from = Math.min(from, enteredAt);
    to = Math.max(to, leftAt ?? Math.max(now, enteredAt));
  }
  // Of a single moment there would be nothing to see.
  return { from, to: Math.max(to, from + 1_000) };
}

/** A lane for each person who was in a room, by name. */
export function lanesByPerson({ visits }: Pick<Debrief, "visits">): readonly Lane[] {
  const lanes = new Map<string, { name: string; stretches: Stretch[] }>();
  for (const { participantId, alias, roomId, roomName, enteredAt, leftAt } of visits) {
    const lane = lanes.get(participantId) ?? { name: alias, stretches: [] };
    lane.name = alias;
    lane.stretches.push({ roomId, from: enteredAt, to: leftAt, level: 1, title: roomName });
    lanes.set(participantId, lane);
  }
  return [...lanes]
    .map(([id, lane]) => ({ id, ...lane }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A lane for each room, as high as it was full, compared with the fullest of all. */
export function lanesByRoom({ rooms, visits }: Pick<Debrief, "rooms" | "visits">): readonly Lane[] {
  const counted = rooms.map(({ roomId, name }) => {
    const changes = visits
      .filter((visit) => visit.roomId === roomId)
      .flatMap(({ enteredAt, leftAt }) => [
        { at: enteredAt, by: 1 },
        ...(leftAt === null ? [] : [{ at: leftAt, by: -1 }]),
      ])
      // Who goes makes place for who comes at the same moment.
      .sort((a, b) => a.at - b.at || a.by - b.by);
    return { roomId, name, parts: partsOf(changes) };
  });
  const most = Math.max(1, ...counted.flatMap(({ parts }) => parts.map(({ people }) => people)));
  return counted.map(({ roomId, name, parts }) => ({
    id: roomId,
    name,
    stretches: parts.map(({ from, to, people }) => ({
      roomId,
      from,
      to,
      level: people / most,
      title: String(people),
    })),
  }));
}

interface Part {
  from: number;
  to: number | null;
  people: number;
}

/** How many there were from one change to the next, where there was anybody. */
function partsOf(changes: readonly { at: number; by: number }[]): Part[] {
  const parts: Part[] = [];
  let people = 0;
  changes.forEach(({ at, by }, index) => {
    people += by;
    const next = changes[index + 1]?.at ?? null;
    if (people > 0 && next !== at) parts.push({ from: at, to: next, people });
  });
  return parts;
}
