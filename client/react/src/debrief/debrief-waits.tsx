import type { Debrief } from "@flagship/core";
import { useMemo } from "react";
import { useT } from "../i18n/messages.ts";
import { Plot } from "../shared/plot.tsx";

const MINUTE_MS = 60_000;

/** How long each request for help waited. The table below it says the same in words. */
export function DebriefWaits({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const { moments, series } = useMemo(() => {
    const ended = debrief.help.flatMap(({ request, waitMs }) =>
      waitMs === null ? [] : [{ at: request.askedAt, minutes: waitMs / MINUTE_MS }],
    );
    const values = ended.map(({ minutes }) => minutes);
    return {
      moments: ended.map(({ at }) => at),
      series: [{ label: t("debrief.waitedMinutes"), values }],
    };
  }, [debrief, t]);
  if (moments.length === 0) return null;
  return (
    <Plot
      label={t("debrief.waitsLabel")}
      moments={moments}
      series={series}
      kind="bars"
      height={180}
    />
  );
}
