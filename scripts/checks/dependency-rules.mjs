// What deny.toml allows in the dependency tree, and known weaknesses of crates.

import { cargoDeny, findTool } from "../lib/cargo-tools.mjs";
import { toolEnv } from "../lib/env.mjs";
import { ask, run } from "../lib/run.mjs";
import { warning } from "../lib/say.mjs";
import { ensureCargoTools } from "../setup/cargo-tools.mjs";

export async function checkDependencyRules() {
  await ensureCargoTools([cargoDeny]);
  const deny = (...args) => [findTool(cargoDeny), ["--log-level", "error", "--locked", ...args]];
  await run(...deny("check", "bans", "licenses", "sources"));
  // The advisories are a download from GitHub, and this runs where there is no way to it, too.
  const env = toolEnv({ GIT_TERMINAL_PROMPT: "0" });
  if (ask(...deny("fetch", "db"), { env }) === undefined) {
    warning("known weaknesses of crates were not looked up: the advisory database is out of reach");
    return;
  }
  await run(...deny("check", "advisories"));
}
