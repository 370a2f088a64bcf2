// Where results are kept: bench/results, and the tables in docs/performance.md.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "../scripts/lib/project.mjs";
import { line, Problem } from "../scripts/lib/say.mjs";
import type { Machine } from "./machine.ts";
import { cpuPlot, latencyPlot } from "./plots.ts";
import { type Results, telling } from "./results.ts";

const folder = at("bench", "results");
const latest = at("bench", "results", "latest.json");
const document = at("docs", "performance.md");

/** The last results, to add to. Those of another machine or commit cannot be compared with. */
export function last({ cpu, commit }: Machine): Results {
  if (!existsSync(latest)) throw new Problem("there are no results to add to: leave out --add");
  const results = JSON.parse(readFileSync(latest, "utf8")) as Results;
  if (results.machine.cpu !== cpu || results.machine.commit !== commit) {
    throw new Problem("the last results are of another machine or commit: leave out --add");
  }
  return results;
}

/** Two sittings as one. What was measured in both is as in the second. */
export function together(before: Results, now: Results): Results {
  const union = <Thing extends { name: string }>(a: readonly Thing[], b: readonly Thing[]) => [
    ...a,
    ...b.filter(({ name }) => !a.some((thing) => thing.name === name)),
  ];
  return {
    ...now,
    takenAt: before.takenAt,
    targets: union(before.targets, now.targets),
    shapes: union(before.shapes, now.shapes),
    sizes: [...new Set([...before.sizes, ...now.sizes])],
    repeats: Math.min(before.repeats, now.repeats),
    runs: [...before.runs, ...now.runs],
    failures: [...before.failures, ...now.failures],
  };
}

/** Prints and keeps results; `isDocumented`: in the document too. */
export function save(results: Results, isDocumented: boolean): void {
  const told = telling(results);
  line(`\n${told}\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(latest, `${JSON.stringify(results)}\n`);
  writeFileSync(at("bench", "results", "cpu.svg"), cpuPlot(results));
  writeFileSync(at("bench", "results", "latency.svg"), latencyPlot(results));
  line("written: bench/results/latest.json, cpu.svg, latency.svg");
  if (isDocumented) putInto(document, "bench", told);
}

/** Replaces what is between the marks of a document. */
export function putInto(path: string, mark: string, told: string): void {
  const [BEGIN, END] = [`<!-- ${mark}: begin -->`, `<!-- ${mark}: end -->`];
  const text = readFileSync(path, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Problem(`${path} has no ${BEGIN} … ${END}`);
  const parts = [text.slice(0, begin + BEGIN.length), told, text.slice(end)];
  writeFileSync(path, parts.join("\n\n"));
  line(`written: ${path}`);
}
