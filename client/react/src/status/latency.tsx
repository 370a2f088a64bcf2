import type { Sample } from "@flagship/core";
import { useMemo } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { Plot } from "../shared/plot.tsx";

const KINDS: readonly Sample["kind"][] = ["ping", "ack", "event"];

/** How long ways take: to the server and back, and from what happened to this page. */
export function Latency() {
  const t = useT();
  const formats = useFormats();
  const { level, roundTripMs, samples } = useSessionState((state) => state.quality);
  const { moments, series } = useMemo(() => {
    const sorted = [...samples].sort((a, b) => a.at - b.at);
    return {
      moments: sorted.map(({ at }) => at),
      series: KINDS.map((kind) => ({
        label: t(`status.latency.${kind}`),
        values: sorted.map((sample) => (sample.kind === kind ? sample.ms : null)),
      })),
    };
  }, [samples, t]);

  const medians = KINDS.flatMap((kind) => {
    const median = medianOf(samples, kind);
    return median === null ? [] : [{ kind, median }];
  });
  const inWords = (milliseconds: number) => t("status.ms", { time: formats.number(milliseconds) });
  return (
    <>
      <p>
        {t(`status.quality.${level}`)}{" "}
        {roundTripMs !== null && t("status.roundTrip", { time: inWords(roundTripMs) })}
      </p>
      <ul className="flagship-status-values">
        {medians.map(({ kind, median }) => (
          <li key={kind}>
            <span>{t(`status.latency.${kind}`)}</span>
            <strong>{inWords(median)}</strong>
          </li>
        ))}
      </ul>
      {moments.length > 1 && (
        <Plot label={t("status.latency.plot")} moments={moments} series={series} kind="lines" />
      )}
    </>
  );
}

/** The middle one of what was measured, in milliseconds. */
function medianOf(samples: readonly Sample[], kind: Sample["kind"]): number | null {
  const sorted = samples
    .filter((sample) => sample.kind === kind)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
