import type { ParticipantId, Presence } from "../generated/protocol.ts";

/** Those who have a connection now. */
export type Connected = ReadonlySet<ParticipantId>;

/** Who is connected after a `presence` frame. */
export function reducePresence(held: Connected, { connected, disconnected }: Presence): Connected {
  const now = new Set([...held, ...connected]);
  for (const id of disconnected) now.delete(id);
  return now;
}
