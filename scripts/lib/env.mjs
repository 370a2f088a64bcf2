// The environment that every tool runs in.

import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { at } from "./project.mjs";

export const nodeModulesBin = at("node_modules", ".bin");
export const localTools = at(".tools", "bin");
export const cargoBin = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");

/** The path of a program that npm installed. */
export const npmBin = (name) => join(nodeModulesBin, name);

const searchPath = () => (process.env.PATH ?? "").split(delimiter).filter(Boolean);

/** For npm and the system's own programs: without node_modules, which npm may be replacing. */
export function systemEnv(extra = {}) {
  const path = searchPath().filter((dir) => !dir.includes("node_modules"));
  return { ...process.env, PATH: [...path, cargoBin].join(delimiter), ...extra };
}

/** For everything else: node_modules/.bin first, so that `node` is the one we pin. */
export function toolEnv(extra = {}) {
  return {
    ...process.env,
    PATH: [nodeModulesBin, localTools, ...searchPath(), cargoBin].join(delimiter),
    // A local run depends on nobody: no telemetry, no look-up of where this machine is
    // on the map (request.cf stays a fixed example), no offers.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
    WRANGLER_HIDE_BANNER: "true",
    // What wrangler keeps about a run stays in this folder, apart from any other checkout.
    WRANGLER_LOG_PATH: at(".wrangler", "logs"),
    WRANGLER_REGISTRY_PATH: at(".wrangler", "registry"),
    NO_UPDATE_NOTIFIER: "1",
    ...extra,
  };
}
