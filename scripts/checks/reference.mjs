// The reference of the client packages is written from their sources by TypeDoc and committed, so that it can
// be read where the code is; this sees that it is what the sources say.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { npmBin } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { line, Problem } from "../lib/say.mjs";
import { filesBelow } from "../lib/stamp.mjs";

export const referencePath = "docs/reference";

/** Writes the reference into a folder, in place of what is there. */
export function writeReference(folder) {
  const tool = at("client", "reference");
  const typedoc = join(tool, "node_modules", "typedoc", "bin", "typedoc");
  const args = ["--options", join(tool, "typedoc.json"), "--out", folder];
  return run(npmBin("node"), [typedoc, ...args, "--logLevel", "Warn", "--treatWarningsAsErrors"]);
}

export async function checkReference() {
  const fresh = mkdtempSync(join(tmpdir(), "flagship-reference-"));
  try {
    await writeReference(fresh);
    const held = at("docs", "reference");
    const names = new Set(
      [fresh, held].flatMap((base) => filesBelow(base).map((file) => relative(base, file))),
    );
    if (names.size === 0) throw new Problem("TypeDoc wrote nothing");
    const textOf = (base, name) => {
      const file = join(base, name);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    };
    const differing = [...names].filter((name) => textOf(fresh, name) !== textOf(held, name));
    if (differing.length > 0) {
      const list = differing.sort().join("\n  ");
      throw new Problem(`not what the sources say (npm run reference writes them):\n  ${list}`);
    }
    line(`${names.size} pages are what the sources say`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
