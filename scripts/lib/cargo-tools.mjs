// The programs that cargo compiles for us: two that turn the Worker's crate into something that runs, and one that
// looks at what it depends on.

import { join } from "node:path";
import { cargoBin, localTools } from "./env.mjs";
import { wasmBindgenVersion, workerBuildVersion } from "./project.mjs";
import { ask } from "./run.mjs";

export const wasmTools = () => [
  {
    crate: "worker-build",
    program: "worker-build",
    version: workerBuildVersion,
    // For the downloads that it can do, and that we give it no cause for.
    needsOpenSsl: true,
    options: [],
  },
  {
    crate: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: wasmBindgenVersion(),
    // Its default features are for driving a remote browser.
    options: ["--no-default-features"],
  },
];

/** Reads deny.toml. It needs no system's OpenSSL. */
export const cargoDeny = {
  crate: "cargo-deny",
  program: "cargo-deny",
  version: "0.20.2",
  options: [],
};

/** What a program says its version is; undefined when it is not there. */
export const versionOf = (path) => ask(path, ["--version"])?.split(/\s+/).at(-1);

/** Where the right version of a tool is, if it is anywhere. */
export function findTool({ program, version }) {
  return [join(cargoBin, program), join(localTools, program)].find(
    (path) => versionOf(path) === version,
  );
}
