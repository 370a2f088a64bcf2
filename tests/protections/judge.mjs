// Runs a test that a row of docs/security.md names, in the copy of the tree, with one protection off or none.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { npmBin } from "../../scripts/lib/env.mjs";
import { ensureChromium } from "../../scripts/setup/chromium.mjs";
import { scratch, scratchEnv } from "./scratch.mjs";

const reporter = fileURLToPath(new URL("reporter.mjs", import.meta.url));

/** A single test may take so long: one of them waits for a lease to end, on a machine that has other things to do. */
const TEST_MS = 90_000;

/** How long all of a file may take, until it is ended. */
const FILE_MS = 600_000;

/** Which crate a Rust test is in, and how cargo finds it there. */
const crates = [
  [/^tests\/session\//, ["--package", "flagship", "--test", "session"]],
  [/^tests\/fuzz\/tests\/(\w+)\.rs$/, ["--package", "flagship-fuzz", "--test", "$1"]],
  [/^crates\/(\w+)\/src\//, ["--package", "flagship-$1", "--lib"]],
  [/^crates\/(\w+)\/tests\/(\w+)\.rs$/, ["--package", "flagship-$1", "--test", "$2"]],
  [/^src\//, ["--package", "flagship", "--lib"]],
];

/** How cargo is asked for the tests of a file. */
export function cargoTarget(file) {
  for (const [pattern, args] of crates) {
    const found = pattern.exec(file);
    if (found) return args.map((arg) => arg.replaceAll(/\$(\d)/g, (_, group) => found[group]));
  }
  throw new Error(`cargo knows no test in ${file}`);
}

/**
 * Runs a test.
 *
 * @param {{ file: string, name: string }} test
 * @param {string} off the protection that is off; empty for none
 * @returns {Promise<{ passed: boolean, ran: number, reason: string }>}
 */
export function judge({ file, name }, off = "") {
  if (file.endsWith(".rs")) return judgeRust(file, name, off);
  if (file.endsWith(".test.ts")) return judgeNode(file, name, off);
  return judgeSources(file, name);
}

async function judgeRust(file, name, off) {
  const args = ["test", "--quiet", "--locked", ...cargoTarget(file), name];
  const { output } = await capture("cargo", [...args, "--", "--format=pretty"], { WITHOUT: off });
  const verdicts = [...output.matchAll(/^test (?:\S+::)?(\S+) \.\.\. (ok|FAILED)$/gm)]
    .filter(([, test]) => test === name)
    .map(([, , verdict]) => verdict === "ok");
  const panic = /panicked at [^\n]*\n([^\n]*)/.exec(output)?.[1] ?? "";
  return verdictOf(verdicts, panic, output);
}

async function judgeNode(file, name, off) {
  const browser = file.startsWith("tests/browser/") ? { CHROMIUM: await ensureChromium() } : {};
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const args = ["--test", `--test-reporter=${reporter}`, `--test-name-pattern=${pattern}`];
  args.push(`--test-timeout=${TEST_MS}`, file);
  const testsIn = (output) =>
    output
      .split("\n")
      .filter((line) => line.startsWith('{"name":') && line.endsWith("}"))
      .map((line) => JSON.parse(line))
      .filter((test) => test.name.includes(name));
  const hasFailed = (output) => testsIn(output).some((test) => !test.passed);
  const env = { WITHOUT: off, ...browser };
  const { output } = await capture(npmBin("node"), args, env, off === "" ? undefined : hasFailed);
  const tests = testsIn(output);
  const failed = tests.find((test) => !test.passed);
  return verdictOf(
    tests.map((test) => test.passed),
    failed?.reason ?? "",
    output,
  );
}

/** A check of the sources: its rule is the test. */
async function judgeSources(file, name) {
  const look = `import("./${file}").then((check) => console.log(check.checkSources().join("\\n")))`;
  const { output, code } = await capture(npmBin("node"), ["-e", look], {});
  const found = output.split("\n").filter((line) => line.includes(name));
  return verdictOf([code === 0 && found.length === 0], found[0] ?? "", output);
}

/** `reason` is shortened: it may quote a whole answer. */
function verdictOf(verdicts, reason, output) {
  const [first = ""] = reason.trim().split("\n");
  return {
    passed: verdicts.every(Boolean),
    ran: verdicts.length,
    reason: first.slice(0, 140),
    output,
  };
}

/** The programs that run, each with a process group of its own: a signal is to reach workerd too. */
const running = new Set();

function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

process.on("exit", () => running.forEach(end));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Runs a program in the copy. Once `isEnough` of what it has printed, it is ended, with all that it started. */
function capture(command, args, extra, isEnough = () => false) {
  return new Promise((resolve, reject) => {
    const env = scratchEnv(extra);
    const stdio = ["ignore", "pipe", "pipe"];
    const child = spawn(command, args, { cwd: scratch, env, stdio, detached: true });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (running.has(child) && isEnough(output)) end(child);
      });
    }
    const timer = setTimeout(() => end(child), FILE_MS);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ output, code });
    });
  });
}
