import type { Room, RoomId } from "@flagship/core";

/** Whether people may be in a room. */
export function isInUse({ state }: Room): boolean {
  return state === "open" || state === "closing";
}

/** When a room's state ends by itself, by the server's clock; `null` if it does not. */
export function endOf({ state, endsAt, closesAt }: Room): number | null {
  if (state === "closing") return closesAt;
  return state === "open" ? endsAt : null;
}

/** The rooms as they are seen here: what another host has changed meanwhile is then refused and not overwritten. */
export function versionsOf(rooms: readonly Room[]): Record<RoomId, number> {
  return Object.fromEntries(rooms.map(({ id, version }) => [id, version]));
}

/** The earliest moment at which the state of one of the rooms ends by itself; `null` if there is none. */
export function nextEnd(rooms: readonly Room[]): number | null {
  const ends = rooms.map(endOf).filter((end) => end !== null);
  return ends.length > 0 ? Math.min(...ends) : null;
}
