// Programs that cargo compiles, each at our version.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { findTool, versionOf } from "../lib/cargo-tools.mjs";
import { cargoBin, toolEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { Problem, progress } from "../lib/say.mjs";
import { ensureSystemPackages } from "./system-packages.mjs";

/** Shared, because the tools have many dependencies in common. */
const scratch = at("target", "tools");

/** Compiles those that are not there. */
export async function ensureCargoTools(tools) {
  const missing = tools.filter((tool) => !findTool(tool));
  for (const tool of missing) await install(tool);
  if (missing.length > 0) rmSync(scratch, { recursive: true, force: true });
}

/** Puts it into cargo's own folder, or, where that has another version, beside the sources. */
async function install(tool) {
  const { crate, program, version, options } = tool;
  await ensureSystemPackages(tool);
  progress(`compiling ${crate} ${version} (some minutes, once)`);
  const args = ["install", `${crate}@${version}`, "--bin", program, ...options];
  // Another project may need the version that is already there: ours then goes beside the
  // sources, and nothing of the user's is replaced.
  if (versionOf(join(cargoBin, program))) args.push("--root", at(".tools"));
  // They run for a moment in each build: compiling them faster is worth more than their speed.
  const env = toolEnv({
    CARGO_TARGET_DIR: scratch,
    CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
    CARGO_PROFILE_RELEASE_LTO: "off",
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  });
  try {
    await run("cargo", [...args, "--locked"], { env });
  } catch {
    // Its lock file may name a crate that has since been withdrawn, or that a mirror lacks.
    progress(`${crate} did not install with its own lock file: trying without`);
    await run("cargo", args, { env });
  }
  if (!findTool(tool)) {
    throw new Problem(`${program} ${version} is not where cargo install puts it: ${cargoBin}`);
  }
}
