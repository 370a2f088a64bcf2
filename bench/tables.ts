// The tables: one for servers that promise nothing, one for those that keep what they acknowledge.
// The two are never mixed.

import type { Run } from "./measure.ts";
import { METRICS, summarise, write } from "./metrics.ts";
import { describe, type Shape } from "./shapes.ts";
import type { Target } from "./targets.ts";

const TITLES: Record<Target["table"], string> = {
  durable: "Durable: what is acknowledged is kept",
  transport: "Transport only: nothing is kept, nothing is acknowledged",
  floor: "The generator's own headroom",
};

/** Rows of cells as Markdown, the first row being the head. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = `|---|${"---:|".repeat(Math.max(0, head.length - 1))}`;
  return [line(head), rule, ...rest.map(line)].join("\n");
}

/** What there is to tell about a target once it was measured. */
export type Named = Pick<Target, "name" | "table">;

export interface Measured {
  targets: readonly Named[];
  shapes: readonly Shape[];
  sizes: readonly number[];
  runs: readonly Run[];
}

/** The reports of one cell of the plan. */
export const reportsOf = (runs: readonly Run[], target: string, shape: string, size: number) =>
  runs
    .filter((run) => run.target === target && run.shape === shape && run.size === size)
    .map(({ report }) => report);

/** Those of the targets that were measured in one cell of the plan. */
export const measuredIn = (
  { runs, targets }: Measured,
  shape: Shape,
  size: number,
): readonly Named[] =>
  targets.filter(({ name }) => reportsOf(runs, name, shape.name, size).length > 0);

/** A column for each target, a row for each figure: medians, with the range where runs differ. */
function table({ runs }: Measured, targets: readonly Named[], shape: Shape, size: number) {
  const names = targets.map(({ name }) => name);
  const rows = METRICS.map((metric) => [
    metric.title,
    ...names.map((name) => {
      const reports = reportsOf(runs, name, shape.name, size);
      return write(summarise(metric, reports), metric.digits);
    }),
  ]);
  return markdown([["", ...names], ...rows]);
}

/** All tables, as Markdown. */
export function tables(measured: Measured): string {
  const parts: string[] = [];
  for (const kind of ["durable", "transport", "floor"] as const) {
    const found: string[] = [];
    for (const shape of measured.shapes) {
      for (const size of measured.sizes) {
        const targets = measuredIn(measured, shape, size).filter(({ table }) => table === kind);
        if (targets.length === 0) continue;
        found.push(`**${describe(shape)}, ${size} bytes**`, table(measured, targets, shape, size));
      }
    }
    if (found.length > 0) parts.push(`### ${TITLES[kind]}`, ...found);
  }
  return parts.join("\n\n");
}
