// The Worker: Rust to wasm, with the JavaScript that starts it, in build/.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { findTool, wasmTools } from "../lib/cargo-tools.mjs";
import { npmBin, toolEnv } from "../lib/env.mjs";
import { at, root } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { bold, line, Problem, seconds } from "../lib/say.mjs";
import { filesBelow, hashOf, readStamp, writeStamp } from "../lib/stamp.mjs";

const wasm = at("build", "index_bg.wasm");
const stamp = at("build", ".inputs");

/**
 * Names of functions by their numbers: a stack trace of a deployed Worker says `wasm-function[NUMBER]`.
 * Outside of the wasm, of which they would be a tenth, compressed.
 */
const symbols = at("target", "worker-symbols.txt");

const optimizations = [
  "-O",
  // LLVM has inlined already: more of it here makes the wasm, compressed, a tenth larger.
  "--one-caller-inline-max-function-size=0",
  `--symbolmap=${symbols}`,
  // What rustc and wasm-bindgen use, and no encoding that the platform may not know yet.
  "--enable-bulk-memory",
  "--enable-exception-handling",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

/** Cold starts and Cloudflare's limits both count the compressed size: docs/decisions/0006. */
const budget = 1088 * 1024;

export async function buildWorker() {
  const tools = wasmTools();
  const hash = hashOf(
    inputs(),
    tools.map(({ crate, version }) => `${crate} ${version}`),
  );
  if (readStamp(stamp) === hash && existsSync(wasm)) {
    line(`Worker: up to date, ${sizeOf(wasm).text}`);
    return;
  }

  const [workerBuild, wasmBindgen] = tools.map(findTool);
  if (!workerBuild || !wasmBindgen) {
    throw new Problem("worker-build or wasm-bindgen is missing: npm run setup");
  }
  const started = performance.now();
  line(bold("Worker: building"));
  rmSync(stamp, { force: true });
  await run(workerBuild, ["--release"], {
    // worker-build takes these before it would download its own.
    env: toolEnv({
      WASM_BINDGEN_BIN: wasmBindgen,
      ESBUILD_BIN: npmBin("esbuild"),
    }),
  });
  await run(npmBin("wasm-opt"), [wasm, "--output", wasm, ...optimizations]);

  const { bytes, text } = sizeOf(wasm);
  line(`Worker: built in ${seconds(performance.now() - started)}, ${text}`);
  if (bytes > budget) {
    throw new Problem(`the Worker is over its budget of ${inKiB(budget)} gzipped`);
  }
  // Last, so that a build that failed or was stopped counts as none.
  writeStamp(stamp, hash);
}

/** All that the result depends on: what cargo reads, and what is compiled into the binary. */
function inputs() {
  return [
    at("Cargo.toml"),
    at("Cargo.lock"),
    at("rust-toolchain.toml"),
    // For the flags of wasm-opt.
    at("scripts", "build", "worker.mjs"),
    ...filesBelow(at("src")),
    ...filesBelow(at("crates"), ["tests", "examples", "benches", "target"]),
    // Compiled in, for GET /api/openapi.json.
    at("docs", "protocol", "openapi.json"),
  ];
}

const inKiB = (bytes) => `${Math.ceil(bytes / 1024)} KiB`;

function sizeOf(file) {
  const content = readFileSync(file);
  const bytes = gzipSync(content, { level: 9 }).length;
  const path = file.slice(root.length);
  return {
    bytes,
    text: `${path} ${inKiB(content.length)}, gzipped ${inKiB(bytes)} of ${inKiB(budget)}`,
  };
}
