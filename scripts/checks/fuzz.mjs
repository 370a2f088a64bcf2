// Fuzzes what reads what clients send: libFuzzer, guided by coverage, from the kept corpus. Works
// on the stable toolchain: the instrumentation is LLVM's, and no sanitizer is needed where there is
// no unsafe code.

import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { systemEnv, toolEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { ask, read, run } from "../lib/run.mjs";
import { line, Problem } from "../lib/say.mjs";

export const targets = ["frames", "bodies", "session"];

/** As cargo-fuzz sets it. */
const INSTRUMENTED = [
  "--cfg fuzzing",
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
].join(" ");

/** How long one input may take, in seconds, and how long it may be, in bytes. */
const INPUT = ["-timeout=10", "-max_len=4096"];

/**
 * Runs `names` for so many seconds, beside each other. What is found goes into tests/fuzz/regressions, where
 * `cargo test` finds it. The same seed begins in the same way; how far it gets is up to the machine.
 */
export async function fuzz(names, seconds, { seed = 1, keep = false } = {}) {
  // libFuzzer itself is C++.
  if (ask("c++", ["--version"], { env: systemEnv() }) === undefined) {
    return { skipped: "libFuzzer takes a C++ compiler (c++: the package g++)" };
  }
  const folder = await build();
  const runs = names.map((name) => fuzzOne(join(folder, name), name, seconds, seed));
  const failed = (await Promise.allSettled(runs)).filter((run) => run.status === "rejected");
  if (failed.length > 0) throw new Problem(failed.map((run) => run.reason.message).join("\n"));
  if (keep) for (const name of names) await merge(join(folder, name), corpusOf(name), workOf(name));
  return undefined;
}

const corpusOf = (name) => at("tests", "fuzz", "corpus", name);

/** New inputs go here: the kept corpus grows only when asked to. */
const workOf = (name) => at("target", "fuzz", "corpus", name);

async function fuzzOne(program, name, seconds, seed) {
  const found = at("tests", "fuzz", "regressions", name);
  for (const needed of [workOf(name), found]) mkdirSync(needed, { recursive: true });
  line(`${name}: ${seconds} s from ${readdirSync(corpusOf(name)).length} inputs`);
  const limits = [`-seed=${seed}`, `-max_total_time=${seconds}`, ...INPUT];
  const quiet = ["-verbosity=0", "-print_final_stats=1", `-artifact_prefix=${found}/`];
  try {
    await run(program, [...limits, ...quiet, workOf(name), corpusOf(name)]);
  } catch (error) {
    throw new Problem(
      `${name}: ${error.message}\n  the input is in tests/fuzz/regressions/${name}`,
    );
  }
  if (readdirSync(found).length === 0) rmSync(found, { recursive: true });
}

/** Keeps, of all that was tried, the smallest inputs that reach everything that was reached. */
async function merge(program, corpus, work) {
  const merged = `${work}-merged`;
  rmSync(merged, { recursive: true, force: true });
  mkdirSync(merged);
  await run(program, ["-merge=1", "-verbosity=0", ...INPUT, merged, corpus, work]);
  rmSync(corpus, { recursive: true });
  cpSync(merged, corpus, { recursive: true });
  rmSync(merged, { recursive: true });
}

async function build() {
  const host = /^host: (.+)$/m.exec(read("rustc", ["-vV"]))?.[1];
  if (!host) throw new Problem("rustc -vV names no host");
  const manifest = at("tests", "fuzz", "libfuzzer", "Cargo.toml");
  const into = ["--target-dir", at("target", "fuzz"), "--target", host];
  // The versions that are shipped; cargo adds what libFuzzer takes. A lock file of its own would
  // be out of date with each dependency that a crate gets.
  copyFileSync(at("Cargo.lock"), at("tests", "fuzz", "libfuzzer", "Cargo.lock"));
  const args = ["build", "--release", "--manifest-path", manifest, ...into];
  await run("cargo", args, { env: toolEnv({ RUSTFLAGS: INSTRUMENTED }) });
  const folder = at("target", "fuzz", host, "release");
  if (!existsSync(folder)) throw new Problem(`cargo built nothing into ${folder}`);
  return folder;
}
