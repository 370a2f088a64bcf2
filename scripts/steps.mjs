// Every check and suite, in order: the cheap ones first. The list is written out, and a step
// whose files are missing fails: nothing is skipped without a word.

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { buildClient } from "./build/client.mjs";
import { buildWorker } from "./build/worker.mjs";
import { checkAudit } from "./checks/audit.mjs";
import { checkBoundaries } from "./checks/boundaries.mjs";
import { checkDependencyRules } from "./checks/dependency-rules.mjs";
import { fuzz, targets } from "./checks/fuzz.mjs";
import { checkLockFile } from "./checks/lock-file.mjs";
import { checkReference } from "./checks/reference.mjs";
import { checkTypes } from "./checks/types.mjs";
import { npmBin, toolEnv } from "./lib/env.mjs";
import { at, root } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { colour, Problem } from "./lib/say.mjs";
import { filesBelow } from "./lib/stamp.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { ensureSchemathesis } from "./setup/schemathesis.mjs";

const cargo = (...args) => run("cargo", args);

/** Left alone, it paints every letter by itself, terminal or not. */
const biomeColours = colour ? [] : ["--colors=off"];

/** Tests that measure times from frame to frame: what ran beside them would be measured with them. */
const MEASURING = ["tests/browser/scale.test.ts"];

/** TypeScript projects, each with its own tsconfig.json. */
const typescript = ["client/core", "client/react", "client/app", "tests", "bench"];

export const steps = [
  {
    name: "format",
    title: "rustfmt",
    fast: true,
    run: () => cargo("fmt", "--all", "--check"),
  },
  {
    name: "biome",
    title: "Biome (format and lint of JavaScript and TypeScript)",
    fast: true,
    run: () => run(npmBin("biome"), ["ci", "--error-on-warnings", ...biomeColours]),
  },
  {
    name: "boundaries",
    title: "boundaries",
    fast: true,
    run: checkBoundaries,
  },
  {
    name: "lock-file",
    title: "package-lock.json",
    fast: true,
    run: checkLockFile,
  },
  {
    name: "clippy",
    title: "clippy, native, all targets",
    fast: true,
    run: () => cargo("clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"),
  },
  {
    name: "clippy-wasm",
    title: "clippy, the Worker for wasm",
    fast: true,
    run: () => {
      const target = ["--package", "flagship", "--target", "wasm32-unknown-unknown"];
      return cargo("clippy", "--locked", ...target, "--", "-D", "warnings");
    },
  },
  {
    name: "types",
    title: "generated types are up to date",
    fast: true,
    run: checkTypes,
  },
  {
    name: "tsc",
    title: "TypeScript",
    fast: true,
    run: checkTypeScript,
  },
  {
    name: "bench",
    title: "the bench's load generator: rustfmt, clippy, tests",
    run: checkLoadGenerator,
  },
  {
    name: "deny",
    title: "licenses, sources and known weaknesses of crates",
    run: checkDependencyRules,
  },
  {
    name: "audit",
    title: "known weaknesses of npm packages",
    run: checkAudit,
  },
  {
    name: "rust",
    title: "Rust tests",
    run: () => cargo("test", "--locked", "--workspace"),
  },
  {
    name: "fuzz",
    title: "fuzzing what reads what clients send",
    run: () => fuzz(targets, 20),
  },
  {
    name: "reference",
    title: "reference of the client packages is up to date",
    run: checkReference,
  },
  {
    name: "client",
    title: "client tests",
    run: () => run(npmBin("node"), [npmBin("vitest"), "run"]),
  },
  {
    name: "packages",
    title: "the packages, as those who install them find them",
    // What it imports is there only after the set-up, which this file is read before.
    run: async () => (await import("./checks/packages.mjs")).checkPackages(),
  },
  {
    name: "build-client",
    title: "build the client",
    run: buildClient,
  },
  {
    name: "build-worker",
    title: "build the Worker",
    run: buildWorker,
  },
  {
    name: "e2e",
    title: "end to end, on workerd",
    run: async () => {
      await build();
      // Most of what they do is wait for a service of their own.
      await nodeTests("tests/e2e", { atOnce: 2 * availableParallelism() });
    },
  },
  {
    name: "openapi",
    title: "the API against its description (Schemathesis)",
    run: checkOpenApi,
  },
  {
    name: "chaos",
    title: "delivery under faults, on workerd",
    run: async () => {
      await buildWorker();
      // The same faults each time; tests/README.md says how to look further.
      const env = toolEnv({ SEED: process.env.SEED ?? "20261124" });
      await run(npmBin("node"), ["tests/chaos/main.ts", "--seconds", "30"], { env });
    },
  },
  {
    name: "soak",
    title: "a soak, on workerd",
    run: async () => {
      await buildWorker();
      const size = ["--sessions", "9", "--operations", "1000"];
      const env = toolEnv({ SEED: process.env.SEED ?? "1" });
      await run(npmBin("node"), ["tests/soak/main.ts", ...size], { env });
    },
  },
  {
    name: "browser",
    title: "in Chromium",
    run: async () => {
      await build();
      const env = { CHROMIUM: await ensureChromium() };
      // A browser at work takes a core.
      await nodeTests("tests/browser", { env, atOnce: availableParallelism(), alone: MEASURING });
    },
  },
];

/** For a suite that is run by itself; after the steps above it has nothing to do. */
async function build() {
  await buildClient();
  await buildWorker();
}

async function checkTypeScript() {
  for (const project of typescript) {
    if (!existsSync(at(project, "tsconfig.json"))) {
      throw new Problem(`${project}/tsconfig.json is missing`);
    }
    await run(npmBin("tsc"), ["--noEmit", "--project", project]);
  }
}

/**
 * Node's own runner, on the Node of node_modules, which reads TypeScript as it is.
 *
 * @param atOnce how many files run at a time
 * @param alone files that are run when all others are through
 */
async function nodeTests(folder, { env = {}, atOnce, alone = [] }) {
  const files = filesBelow(at(folder))
    .map((file) => relative(root, file))
    .filter((file) => /\.test\.(ts|mjs)$/.test(file));
  const missing = alone.filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Problem(`there is no ${missing.join(", ")}`);
  const together = files.filter((file) => !alone.includes(file));
  if (together.length === 0) throw new Problem(`${folder} has no *.test.ts or *.test.mjs`);
  const test = (...args) => run(npmBin("node"), ["--test", ...args], { env: toolEnv(env) });
  await test(`--test-concurrency=${atOnce}`, ...together);
  if (alone.length > 0) await test("--test-concurrency=1", ...alone);
}

/** The same requests each time, unless there is a seed. */
async function checkOpenApi() {
  const { program, missing } = await ensureSchemathesis();
  if (!program) return { skipped: missing };
  await buildWorker();
  const env = toolEnv({ SEED: process.env.SEED ?? "4" });
  const examples = ["--examples", process.env.EXAMPLES ?? "20"];
  return run(npmBin("node"), ["tests/openapi/main.ts", program, ...examples], { env });
}

/** A workspace of its own: the steps above do not know it. */
async function checkLoadGenerator() {
  const [manifest, target] = [at("bench", "load", "Cargo.toml"), at("target", "bench")];
  const crate = ["--manifest-path", manifest, "--locked", "--target-dir", target];
  await cargo("fmt", "--manifest-path", manifest, "--check");
  await cargo("clippy", ...crate, "--all-targets", "--", "-D", "warnings");
  await cargo("test", "--quiet", ...crate);
}
