// The figures of the tables, each read off a report.

import type { Figures, Report } from "./generator.ts";

export interface Metric {
  title: string;
  /** `undefined` where a run has none: no knee was found, nothing was delivered. */
  of(report: Report): number | null | undefined;
  digits: number;
}

const named = (name: string) => (report: Report) =>
  report.figures.find((figures) => figures.name === name);

export const moderate = named("moderate");
export const saturated = named("saturated");

export const rungs = (report: Report): Figures[] =>
  report.figures.filter(({ name }) => name === "rung");

/** The last rung of the ladder on which the server kept up. */
export const knee = (report: Report): Figures | undefined =>
  rungs(report).findLast(({ keptUp }) => keptUp);

const sum = (report: Report, of: (figures: Figures) => number) =>
  report.figures.reduce((total, figures) => total + of(figures), 0);

/** Percent of all messages, over all phases, that reached those who should hear them. */
const delivered = (report: Report) =>
  (100 * sum(report, (figures) => figures.delivered)) / sum(report, (figures) => figures.expected);

export const cpuPerMillion: Metric = {
  title: "CPU s per million, saturated",
  of: (report) => saturated(report)?.serverCpuPerMillion,
  digits: 2,
};

export const METRICS: readonly Metric[] = [
  cpuPerMillion,
  {
    title: "deliveries/s, saturated",
    of: (report) => saturated(report)?.deliveriesPerSecond,
    digits: 0,
  },
  { title: "deliveries/s, knee", of: (report) => knee(report)?.deliveriesPerSecond, digits: 0 },
  { title: "p50 ms, saturated", of: (report) => saturated(report)?.latency.p50, digits: 1 },
  { title: "p50 ms, moderate", of: (report) => moderate(report)?.latency.p50, digits: 2 },
  { title: "p99", of: (report) => moderate(report)?.latency.p99, digits: 1 },
  { title: "p99.9", of: (report) => moderate(report)?.latency.p999, digits: 1 },
  { title: "p50 ms, knee", of: (report) => knee(report)?.latency.p50, digits: 2 },
  { title: "p99", of: (report) => knee(report)?.latency.p99, digits: 1 },
  { title: "p99.9", of: (report) => knee(report)?.latency.p999, digits: 1 },
  { title: "delivered %", of: delivered, digits: 2 },
  { title: "doubles", of: (report) => sum(report, ({ doubled }) => doubled), digits: 0 },
  { title: "out of order", of: (report) => sum(report, ({ reordered }) => reordered), digits: 0 },
  {
    title: "bytes per delivery, saturated",
    of: (report) => saturated(report)?.bytesPerDelivery,
    digits: 0,
  },
  {
    title: "frames per delivery",
    of: (report) => saturated(report)?.framesPerDelivery,
    digits: 3,
  },
  {
    title: "KiB per connection",
    of: (report) => report.joining.memoryPerConnection / 1_024,
    digits: 0,
  },
  { title: "all in, s", of: (report) => report.joining.settledSeconds, digits: 2 },
  {
    title: "all back at once, s",
    of: (report) => report.returning?.settledSeconds,
    digits: 2,
  },
  {
    title: "generator's CPU share",
    of: (report) => saturated(report)?.generatorCpuShare,
    digits: 2,
  },
];

/** The figures of several runs, as one. */
export interface Summary {
  median: number;
  low: number;
  high: number;
  /** How many runs had the figure. */
  runs: number;
}

export function summarise(metric: Metric, reports: readonly Report[]): Summary | undefined {
  const values = reports
    .map((report) => metric.of(report))
    .filter((value) => typeof value === "number")
    .sort((a, b) => a - b);
  const [low, high, middle] = [values[0], values.at(-1), (values.length - 1) / 2];
  if (low === undefined || high === undefined) return undefined;
  const median =
    ((values[Math.floor(middle)] as number) + (values[Math.ceil(middle)] as number)) / 2;
  return { median, low, high, runs: values.length };
}

const number = (value: number, digits: number) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The median and, where runs differ, the range around it. */
export function write(summary: Summary | undefined, digits: number): string {
  if (!summary) return "–";
  const [median, low, high] = [summary.median, summary.low, summary.high].map((value) =>
    number(value, digits),
  );
  return low === high ? String(median) : `${median} (${low}–${high})`;
}
