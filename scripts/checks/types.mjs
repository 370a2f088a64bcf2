// The types on the wire are written once, in Rust. What is generated from them is committed,
// so that it can be read and reviewed; this sees that it is what the Rust says.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { line, Problem } from "../lib/say.mjs";
import { filesBelow } from "../lib/stamp.mjs";

export const generatedPaths = [
  "client/core/src/generated",
  "docs/protocol/openapi.json",
  "docs/protocol/reference",
];

/** Writes `generatedPaths` below a folder. */
export function generate(into) {
  const args = ["run", "--quiet", "--locked", "--package", "flagship-session"];
  args.push("--features", "describe", "--example", "generate", "--", into);
  return run("cargo", args);
}

const namesBelow = (base) =>
  generatedPaths.flatMap((path) =>
    filesBelow(join(base, path)).map((file) => relative(base, file)),
  );

/** Compares with a fresh copy elsewhere, so that a tree with other changes in it is left alone. */
export async function checkTypes() {
  const fresh = mkdtempSync(join(tmpdir(), "flagship-types-"));
  try {
    await generate(fresh);
    const names = new Set([...namesBelow(fresh), ...namesBelow(root)]);
    if (names.size === 0) throw new Problem("the generator wrote nothing");
    const textOf = (base, name) => {
      const file = join(base, name);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    };
    const differing = [...names].filter((name) => textOf(fresh, name) !== textOf(root, name));
    if (differing.length > 0) {
      throw new Problem(
        `these are not what the Rust types say (npm run types writes them):\n  ${differing.sort().join("\n  ")}`,
      );
    }
    line(`${names.size} generated files are what the Rust types say`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
