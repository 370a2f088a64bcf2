// What was promised, and what was measured.

import { cpuPerMillion, type Metric, moderate, saturated, summarise } from "./metrics.ts";
import type { Results } from "./results.ts";
import { markdown, reportsOf } from "./tables.ts";

const FLAGSHIP = "flagship";
const SIZE = 64;

const p50: Metric = {
  title: "p50 ms, saturated",
  of: (report) => saturated(report)?.latency.p50,
  digits: 1,
};
const p99: Metric = {
  title: "p99 ms, moderate",
  of: (report) => moderate(report)?.latency.p99,
  digits: 1,
};

interface Comparison {
  metric: Metric;
  shape: string;
  peer: string;
  /** Flagship's figure is at most this share of the peer's. */
  most: number;
}

const COMPARISONS: readonly Comparison[] = [
  { metric: cpuPerMillion, shape: "1x50", peer: "ws", most: 1 / 3 },
  { metric: cpuPerMillion, shape: "1x1000", peer: "ws", most: 1 / 10 },
  { metric: cpuPerMillion, shape: "1x50", peer: "object, row per message", most: 1 / 10 },
  { metric: cpuPerMillion, shape: "1x1000", peer: "object, row per message", most: 1 / 30 },
  { metric: p50, shape: "1x50", peer: "ws", most: 1 },
  { metric: p50, shape: "1x1000", peer: "ws", most: 1 },
  { metric: p99, shape: "10x100", peer: "object", most: 1 },
  { metric: p99, shape: "10x100", peer: "object, row per message", most: 1 },
];

const verdict = (holds: boolean) => (holds ? "holds" : "**missed**");

/** Every budget that the run has figures for, as Markdown. */
export function budgets({ runs, rows, startUp, wakes }: Results): string {
  const lines: string[][] = [];
  for (const { metric, shape, peer, most } of COMPARISONS) {
    const of = (target: string) => summarise(metric, reportsOf(runs, target, shape, SIZE))?.median;
    const [own, theirs] = [of(FLAGSHIP), of(peer)];
    if (own === undefined || theirs === undefined) continue;
    lines.push([
      `${metric.title}, ${shape}, against ${peer}`,
      `${most.toFixed(3)} of it`,
      `${(own / theirs).toFixed(3)} (${own.toFixed(2)} : ${theirs.toFixed(2)})`,
      verdict(own <= most * theirs),
    ]);
  }
  const absolute = (what: string, most: number, unit: string, measured: number, digits = 1) =>
    lines.push([
      what,
      `${most} ${unit}`,
      `${measured.toFixed(digits)} ${unit}`,
      verdict(measured <= most),
    ]);
  absolute("rows billed per message, under load", 2.05, "rows", rows.saturated.total, 3);
  for (const { request, awake, waking } of wakes) {
    absolute(`wake, 1,000 people and 10,000 entries: ${request}`, 50, "ms", waking - awake);
  }
  absolute("wasm, gzipped", 1_024, "KiB", startUp.wasmGzippedBytes / 1_024, 0);
  return markdown([["", "budget", "measured", ""], ...lines]);
}
