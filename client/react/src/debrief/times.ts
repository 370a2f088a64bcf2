import type { Debrief } from "@flagship/core";
import { clockTime } from "../shared/duration.ts";

const time = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** A moment as a clock on the wall shows it; what has not ended goes on. */
export const moment = (at: number | null) => (at === null ? "now" : time.format(at));

/** A stretch of time in milliseconds; `null` for one that goes on. */
export const stretch = (milliseconds: number | null) =>
  milliseconds === null ? "still waits" : clockTime(Math.round(milliseconds / 1_000));

/** What a debrief calls its people. */
export function aliasesOf({ participants }: Debrief): (id: string) => string {
  const aliases = new Map(participants.map(({ participantId, alias }) => [participantId, alias]));
  return (id) => aliases.get(id) ?? id;
}
