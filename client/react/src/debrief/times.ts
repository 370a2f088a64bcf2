import type { Debrief } from "@flagship/core";
import { type Formats, useFormats } from "../i18n/formats.ts";
import { type T, useT } from "../i18n/messages.ts";

/** How times are said. */
export interface Times {
  /** A moment as a clock on the wall shows it; what has not ended goes on. */
  moment(at: number | null): string;
  /** A stretch of time in milliseconds; `null` for one that goes on. */
  stretch(milliseconds: number | null): string;
}

const timesOf = (t: T, formats: Formats): Times => ({
  moment: (at) => (at === null ? t("debrief.now") : formats.exactTime(at)),
  stretch: (milliseconds) =>
    milliseconds === null
      ? t("debrief.stillWaits")
      : formats.clock(Math.round(milliseconds / 1_000)),
});

/** How times are said in the language of the page. */
export const useTimes = (): Times => timesOf(useT(), useFormats());

/** What a debrief calls its people. */
export function aliasesOf({ participants }: Debrief): (id: string) => string {
  const aliases = new Map(participants.map(({ participantId, alias }) => [participantId, alias]));
  return (id) => aliases.get(id) ?? id;
}
