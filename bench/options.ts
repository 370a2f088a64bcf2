// What `npm run bench` can be told.

import { parseArgs } from "node:util";
import { Problem } from "../scripts/lib/say.mjs";
import { SHAPES, type Shape } from "./shapes.ts";
import { TARGETS, type Target } from "./targets.ts";

export interface Options {
  shapes: readonly Shape[];
  targets: readonly Target[];
  /** Bytes of a message's content. */
  sizes: readonly number[];
  repeats: number;
  /** Where chance begins; each repeat has the next. */
  seed: number;
  pace: Pace;
  /** Whether the runs join those of the last results, instead of taking their place. */
  add: boolean;
  /** Whether `docs/performance.md` gets the new tables. */
  document: boolean;
}

/** How long everything is measured, in seconds, and how closely. */
export interface Pace {
  warmUp: number;
  moderate: number;
  saturated: number;
  rung: number;
  /** Shares of the saturated rate that the ladder tries, in order. */
  shares: number[];
}

const FULL: Pace = {
  warmUp: 1,
  moderate: 10,
  saturated: 5,
  rung: 3,
  shares: [0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 1],
};
const QUICK: Pace = {
  warmUp: 1,
  moderate: 4,
  saturated: 1.2,
  rung: 0.7,
  shares: [0.3, 0.6, 0.9],
};

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      shapes: { type: "string", default: SHAPES.map(({ name }) => name).join() },
      targets: { type: "string", default: TARGETS.map(({ name }) => name).join(";") },
      sizes: { type: "string", default: "64,1024" },
      repeats: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      quick: { type: "boolean", default: false },
      moderate: { type: "string" },
      add: { type: "boolean", default: false },
      document: { type: "boolean", default: false },
    },
  });
  const pace = values.quick ? QUICK : FULL;
  return {
    shapes: named("shape", SHAPES, values.shapes.split(",")),
    targets: named("target", TARGETS, values.targets.split(";")),
    sizes: values.sizes.split(",").map((size) => whole("sizes", size)),
    repeats: whole("repeats", values.repeats),
    seed: whole("seed", values.seed),
    pace: values.moderate ? { ...pace, moderate: whole("moderate", values.moderate) } : pace,
    add: values.add,
    document: values.document,
  };
}

function named<Thing extends { name: string }>(
  what: string,
  known: readonly Thing[],
  names: string[],
): Thing[] {
  return names.map((name) => {
    const found = known.find((thing) => thing.name === name.trim());
    if (found) return found;
    const all = known.map((thing) => thing.name).join(" · ");
    throw new Problem(`no such ${what}: ${name} (there are: ${all})`);
  });
}

function whole(what: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Problem(`--${what} wants whole numbers above 0, not ${text}`);
}
