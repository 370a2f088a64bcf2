// The plots: what a delivery costs, and how long it takes as the load grows.

import type { Report } from "./generator.ts";
import { cpuPerMillion, rungs, saturated, summarise } from "./metrics.ts";
import { describe } from "./shapes.ts";
import { bar, curve, line, PANEL, page, text } from "./svg.ts";
import { type Measured, measuredIn, type Named, reportsOf } from "./tables.ts";

/** Told apart by most eyes that confuse colours; in the order of the targets. */
const COLOURS = [
  "#d55e00",
  "#e69f00",
  "#0072b2",
  "#009e73",
  "#56b4e9",
  "#cc79a7",
  "#7f7f7f",
  "#000000",
  "#8c564b",
  "#6a3d9a",
];

const colour = (n: number) => COLOURS[n % COLOURS.length] as string;

const compared = (targets: readonly Named[]) => targets.filter(({ table }) => table !== "floor");

/** The shapes and sizes in which something was compared, each with what was. */
const cells = (measured: Measured) =>
  measured.shapes
    .flatMap((shape) =>
      measured.sizes.map((size) => ({
        shape,
        size,
        targets: compared(measuredIn(measured, shape, size)),
      })),
    )
    .filter(({ targets }) => targets.length > 0);

/** A bar for each target: CPU seconds of the server per million deliveries, at saturation. */
export function cpuPlot(measured: Measured): string {
  const [labels, row] = [170, 24];
  const panels = cells(measured).map(({ shape, size, targets }) => {
    const summaries = targets.map(({ name }) =>
      summarise(cpuPerMillion, reportsOf(measured.runs, name, shape.name, size)),
    );
    const most = Math.max(...summaries.map((summary) => summary?.high ?? 0), 0.001);
    const scale = (value: number) => labels + (value / most) * (PANEL.width - labels - 60);
    const bars = targets.map(({ name, table }, n) => {
      const [y, summary] = [30 + n * row, summaries[n]];
      const label = text(labels - 8, y + 13, name, 'text-anchor="end"');
      if (!summary) return label;
      const [low, high] = [scale(summary.low), scale(summary.high)];
      return [
        label,
        bar(
          labels,
          y,
          scale(summary.median) - labels,
          17,
          table === "durable" ? "#d55e00" : "#0072b2",
        ),
        line([low, y + 8.5], [high, y + 8.5], 'stroke="#1f2328" stroke-width="1.2"'),
        text(high + 6, y + 13, summary.median.toFixed(2)),
      ].join("");
    });
    return text(0, 14, `${describe(shape)}, ${size} bytes`, 'font-weight="600"') + bars.join("");
  });
  return page(
    "CPU seconds of the server per million deliveries, at saturation",
    "Orange: keeps what it acknowledges. Blue: keeps nothing. Medians; the line is the range of the repeats.",
    panels,
    30 + compared(measured.targets).length * row,
  );
}

/** Median deliveries a second and 99th percentile at each share of the saturated rate. */
function ladder(reports: readonly Report[]): [number, number][] {
  const shares = new Map<number, { rate: number[]; p99: number[] }>();
  for (const report of reports) {
    const capacity = saturated(report)?.messagesPerSecond ?? 0;
    // A rung that was tried twice counts as it was the second time.
    const last = new Map(rungs(report).map((rung) => [rung.offered, rung]));
    for (const { offered, deliveriesPerSecond, latency } of last.values()) {
      if (offered === null || latency.p99 === null || deliveriesPerSecond === 0) continue;
      const share = Math.round((100 * offered) / capacity);
      const points = shares.get(share) ?? { rate: [], p99: [] };
      shares.set(share, points);
      points.rate.push(deliveriesPerSecond);
      points.p99.push(latency.p99);
    }
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
  return [...shares]
    .sort(([a], [b]) => a - b)
    .map(([, { rate, p99 }]) => [median(rate), median(p99)]);
}

/** A curve for each target: the 99th percentile over deliveries a second, both logarithmic. */
export function latencyPlot(measured: Measured): string {
  const targets = compared(measured.targets);
  const [left, top, height, legend] = [44, 24, 250, 16];
  const panels = cells(measured).map(({ shape, size }) => {
    const curves = targets.map(({ name }) =>
      ladder(reportsOf(measured.runs, name, shape.name, size)),
    );
    const x = axis(
      curves.flat().map(([rate]) => rate),
      left,
      PANEL.width - 10,
    );
    const y = axis(
      curves.flat().map(([, p99]) => p99),
      top + height,
      top,
    );
    const grid = 'stroke="#d1d9e0"';
    const axes = [
      ...x.ticks.map((tick) => [
        line([x.at(tick), top], [x.at(tick), top + height], grid),
        text(x.at(tick), top + height + 16, tick.toLocaleString("en"), 'text-anchor="middle"'),
      ]),
      ...y.ticks.map((tick) => [
        line([left, y.at(tick)], [PANEL.width - 10, y.at(tick)], grid),
        text(left - 6, y.at(tick) + 4, tick.toLocaleString("en"), 'text-anchor="end"'),
      ]),
    ].flat();
    const drawn = curves.map((points, n) =>
      curve(
        points.map(([rate, p99]) => [x.at(rate), y.at(p99)]),
        colour(n),
      ),
    );
    const names = targets.map(({ name }, n) => {
      const at: [number, number] = [
        left + (n % 2) * 200,
        top + height + 36 + Math.floor(n / 2) * legend,
      ];
      return bar(at[0], at[1] - 8, 10, 8, colour(n)) + text(at[0] + 16, at[1], name);
    });
    const title = text(0, 14, `${describe(shape)}, ${size} bytes`, 'font-weight="600"');
    return title + axes.join("") + drawn.join("") + names.join("");
  });
  return page(
    "99th percentile of latency in ms, over deliveries a second",
    "Open loop, at growing shares of each server's own saturation, until it no longer keeps up. Medians.",
    panels,
    top + height + 44 + Math.ceil(targets.length / 2) * legend,
  );
}

/** A logarithmic axis over whole decades. */
function axis(values: readonly number[], from: number, to: number) {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive, 1e9)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive, 1e-9))));
  const at = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  const ticks = Array.from({ length: high - low + 1 }, (_, n) => 10 ** (low + n));
  return { at, ticks };
}
