// Builds the packages that others install, each into its folder `dist`: ESM beside its declarations, file by file, so
// that a bundler takes only what is used.

import { cpSync, existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { npmBin } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { filesBelow } from "../lib/stamp.mjs";

/** The packages, in the order in which they need each other. */
export const packages = ["core", "react"];

export async function buildPackages() {
  for (const name of packages) await buildPackage(at("client", name));
}

async function buildPackage(folder) {
  const [source, dist] = [join(folder, "src"), join(folder, "dist")];
  rmSync(dist, { recursive: true, force: true });
  await run(npmBin("tsc"), ["--project", join(folder, "tsconfig.build.json")]);
  if (!existsSync(dist)) throw new Error(`${dist} was not written`);
  for (const file of filesBelow(source).filter((file) => file.endsWith(".css"))) {
    cpSync(file, join(dist, relative(source, file)));
  }
}
