import { useEffect, useRef } from "react";
import type uPlot from "uplot";
import { useFormats } from "../i18n/formats.ts";

/** A line or the bars of a plot. */
export interface PlotSeries {
  label: string;
  /** One for each moment; `null` for none. */
  values: readonly (number | null)[];
}

interface PlotProps {
  /** What there is to be seen, for those who do not see it; the numbers are to stand beside it. */
  label: string;
  /** Milliseconds since the epoch, ascending. */
  moments: readonly number[];
  series: readonly PlotSeries[];
  kind: "lines" | "bars";
  /** Pixels. */
  height?: number;
}

/** The least from one time below a plot to the next, so that none is written over another. Pixels. */
const TIME_PX = 84;

/** Values over time. What draws it is fetched when it is first needed. */
export function Plot({ label, moments, series, kind, height = 220 }: PlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const formats = useFormats();

  useEffect(() => {
    const place = element.current;
    if (!place) return;
    let plot: uPlot | undefined;
    let isOver = false;
    const draw = async () => {
      const { default: Chart } = await import("uplot");
      if (isOver) return;
      plot?.destroy();
      const data = [moments.map((at) => at / 1_000), ...series.map(({ values }) => [...values])];
      const text = getComputedStyle(place).color;
      const line = getComputedStyle(place).getPropertyValue("--line");
      const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
      const options: uPlot.Options = {
        width: place.clientWidth,
        height,
        cursor: { y: false },
        legend: { live: true },
        scales: { y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.1)] } },
        axes: [
          {
            ...axis,
            space: TIME_PX,
            values: (_plot, times) => times.map((at) => formats.timeOfDay(at * 1_000)),
          },
          {
            ...axis,
            size: 44,
            values: (_plot, values) => values.map((it) => formats.number(it, it % 1 === 0 ? 0 : 1)),
          },
        ],
        series: [
          { value: (_plot, at) => (at === null ? "–" : formats.timeOfDay(at * 1_000)) },
          ...series.map((one, index) => {
            const stroke = plotColor(index);
            const bars = kind === "bars" && Chart.paths.bars?.({ size: [0.6, 40] });
            return {
              label: one.label,
              stroke,
              width: 2,
              // The moments are those of all of them: each has its own in between.
              spanGaps: true,
              ...(bars ? { fill: stroke, paths: bars, points: { show: false } } : {}),
            };
          }),
        ],
      };
      plot = new Chart(options, data as uPlot.AlignedData, place);
    };
    void draw();
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    const sizes = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height }));
    sizes.observe(place);
    return () => {
      isOver = true;
      scheme.removeEventListener("change", draw);
      sizes.disconnect();
      plot?.destroy();
    };
  }, [moments, series, kind, height, formats]);

  return <div ref={element} className="flagship-plot" role="img" aria-label={label} dir="ltr" />;
}

/** The colour of one of several: far from its neighbours, and legible on a light ground and on a dark one. */
export function plotColor(index: number): string {
  return `oklch(62% 0.16 ${Math.round((index * 137.508 + 250) % 360)})`;
}
