// node_modules, exactly as package-lock.json says.

import { existsSync } from "node:fs";
import { npmBin, systemEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { ask, run } from "../lib/run.mjs";
import { Problem, progress } from "../lib/say.mjs";
import { hashOf, readStamp, writeStamp } from "../lib/stamp.mjs";

const stamp = at("node_modules", ".flagship-setup");

export async function ensureNodeModules() {
  const hash = hashOf([at("package-lock.json")], [process.platform, process.arch]);
  if (readStamp(stamp) === hash && existsSync(npmBin("node"))) return;

  progress("installing the npm packages of package-lock.json");
  // Only errors: npm would warn that some packages want a newer Node than the system's,
  // and they get it, from the package `node`.
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", args, { env: systemEnv() });

  const version = ask(npmBin("node"), ["--version"]);
  if (!version) {
    throw new Problem(
      "npm left no node_modules/.bin/node: are install scripts switched off (npm config get ignore-scripts)?",
    );
  }
  progress(`npm packages are in, with Node ${version}`);
  writeStamp(stamp, hash);
}
