// How much memory the runtime takes, and whether it goes on growing.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes in memory. */
export interface Resident {
  /** Of the process's own. */
  own: number;
  /** Of files that it has mapped. */
  files: number;
}

/** What the workerd below this process holds in memory. Linux only: it reads /proc. */
export function residentBytes(): Resident {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const field = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, "m").exec(status)?.[1];
      if (field("Name") !== "workerd" || field("PPid") !== String(process.pid)) continue;
      return {
        own: Number(field("RssAnon")) * 1024,
        files: (Number(field("RssFile")) + Number(field("RssShmem"))) * 1024,
      };
    } catch {
      // It ended while it was looked at.
    }
  }
  throw new Error("there is no workerd below this process");
}

/** Bytes of all files below a folder. */
export function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  // What is gone meanwhile was a log of a transaction.
  const sizes = files.map((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.size);
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

export interface Trend {
  /** Bytes, on average over the middle third of the samples. */
  before: number;
  /** … and over the last third. */
  after: number;
  /** Bytes a sample by which the last two thirds grow, by least squares. */
  slope: number;
}

/** The first third is warm-up. */
export function trend(samples: number[]): Trend {
  const third = Math.floor(samples.length / 3);
  if (third < 2) throw new Error("a trend takes six samples");
  const plateau = samples.slice(-2 * third);
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [middle, level] = [(plateau.length - 1) / 2, mean(plateau)];
  let [covariance, variance] = [0, 0];
  for (const [index, value] of plateau.entries()) {
    covariance += (index - middle) * (value - level);
    variance += (index - middle) ** 2;
  }
  return {
    before: mean(plateau.slice(0, third)),
    after: mean(plateau.slice(third)),
    slope: covariance / variance,
  };
}
