// What has to be on the machine before anything can be set up. Each missing one is a line
// that says what to install.

import { systemEnv } from "../lib/env.mjs";
import { minimumNode } from "../lib/project.mjs";
import { ask } from "../lib/run.mjs";
import { Problem } from "../lib/say.mjs";

export function ensurePrerequisites() {
  const missing = [];
  if (Number.parseInt(process.versions.node, 10) < minimumNode) {
    missing.push(
      `Node.js ${minimumNode} or later is needed, this is ${process.versions.node}: https://nodejs.org`,
    );
  }
  const env = systemEnv();
  if (!ask("npm", ["--version"], { env })) {
    missing.push("npm is missing: it comes with Node.js, https://nodejs.org");
  }
  if (!ask("git", ["--version"], { env })) {
    missing.push("git is missing: install it with your system's package manager");
  }
  // rustup itself answers without looking at the toolchain, which may not be there yet.
  if (!ask("rustup", ["--version"], { env }) && !ask("cargo", ["--version"], { env })) {
    missing.push("Rust is missing: install rustup from https://rustup.rs");
  }
  if (missing.length > 0) throw new Problem(missing.join("\nerror: "));
}
