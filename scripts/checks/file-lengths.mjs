// Files stay near 250 lines, one concept each. Over that is said; over 700 is refused.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { at, root } from "../lib/project.mjs";
import { warning } from "../lib/say.mjs";
import { filesBelow } from "../lib/stamp.mjs";

const near = 250;
const most = 700;

const folders = ["src", "crates", "client", "scripts", "tests", "bench"];
const skipped = ["generated", "node_modules", "dist", "target", "snapshots"];
const counted = /\.(rs|ts|tsx|js|mjs|css)$/;

/** Files that may be longer, each with the reason: "path": "reason". */
const reasons = {};

export function checkFileLengths() {
  const long = folders
    .flatMap((folder) => filesBelow(at(folder), skipped))
    .filter((file) => counted.test(file))
    .map((file) => ({
      name: relative(root, file),
      lines: readFileSync(file, "utf8").split("\n").length - 1,
    }))
    .filter(({ name, lines }) => lines > near && !(name in reasons));

  for (const { name, lines } of long) {
    if (lines <= most) warning(`${name} has ${lines} lines, more than ${near}`);
  }
  return long
    .filter(({ lines }) => lines > most)
    .map(({ name, lines }) => `${name} has ${lines} lines, more than ${most}`);
}
