// Proves the tests that docs/security.md names: each must fail when what it shows is taken away.
//
//   npm run protections                      all of them
//   npm run protections -- bans ban-of-rooms   topics, and removals by their names
//
// A removal that no test of its row notices is a failure, and so is a test that notices none of its row's.

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { run } from "../../scripts/lib/run.mjs";
import { bold, line, main, Problem, seconds } from "../../scripts/lib/say.mjs";
import { securityRows } from "../../scripts/lib/security-page.mjs";
import { cargoTarget, judge } from "./judge.mjs";
import { Outcome } from "./outcome.mjs";
import { removals } from "./removals.mjs";
import { buildClient, buildWorker, layOut, scratch, scratchEnv } from "./scratch.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  // Most of what tests do is wait for a service of their own.
  options: { "at-once": { type: "string", default: String(2 * availableParallelism()) } },
});

/** A test as people call it. */
const show = ({ file, name }) => `${file}: “${name}”`;

async function prove() {
  const started = performance.now();
  const chosen = choose(positionals);
  const rows = securityRows().filter(({ threat }) => chosen.some((one) => one.threat === threat));
  const tests = [
    ...new Map(rows.flatMap((row) => row.tests).map((test) => [show(test), test])).values(),
  ];

  line(bold(`==> ${chosen.length} protections, ${tests.length} tests`));
  const switched = removals.filter(({ isSwitched }) => isSwitched);
  layOut(switched.flatMap(({ edits, name }) => edits.map((edit) => ({ ...edit, name }))));
  await build(tests);

  line(bold("==> with all of them on"));
  const failing = [];
  await eachOf(tests, async (test) => {
    const wrong = (await whyNot(test)) && (await whyNot(test));
    if (wrong) failing.push({ test, wrong });
  });
  line(`${tests.length - failing.length} of ${tests.length} tests pass`);
  for (const { wrong } of failing) line(wrong);

  line(bold("==> with one off at a time"));
  const outcomes = chosen.map((removal) => {
    const row = rows.find(({ threat }) => threat === removal.threat);
    const isUsable = (test) => !failing.some((one) => show(one.test) === show(test));
    return new Outcome(removal, (row?.tests ?? []).filter(isUsable));
  });
  const isAlone = ({ removal }) => !removal.isSwitched;
  await eachOf(
    outcomes.filter((outcome) => !isAlone(outcome)),
    (outcome) => outcome.seek(),
  );
  for (const outcome of outcomes.filter(isAlone)) await outcome.seek();
  const idle = await idleTests(rows, outcomes);
  report(
    outcomes,
    idle.filter(({ test }) => !failing.some((one) => show(one.test) === show(test))),
    failing.map(({ test }) => `fails as it is: ${show(test)}`),
  );
  line(seconds(performance.now() - started));
}

function choose(names) {
  if (names.length === 0) return removals;
  const goesBy = ({ name, topic }) => [name, topic];
  const unknown = names.filter((name) => !removals.some((one) => goesBy(one).includes(name)));
  if (unknown.length > 0) throw new Problem(`no such protection: ${unknown.join(", ")}`);
  return removals.filter((one) => goesBy(one).some((name) => names.includes(name)));
}

async function build(tests) {
  const node = tests.filter(({ file }) => file.endsWith(".test.ts"));
  if (node.length > 0) await buildWorker();
  if (node.some(({ file }) => file.startsWith("tests/browser/"))) buildClient();
  const rust = tests.filter(({ file }) => file.endsWith(".rs"));
  for (const target of new Set(rust.map(({ file }) => cargoTarget(file).join(" ")))) {
    const args = ["test", "--quiet", "--locked", "--no-run", ...target.split(" ")];
    await run("cargo", args, { cwd: scratch, env: scratchEnv() });
  }
}

/**
 * Why a test says nothing; empty if it passes. It must pass in the copy as it does in the tree, or its failures would say
 * nothing. One that does not is asked once more, and then done without: what it alone would show is not proven.
 */
async function whyNot(test) {
  const { passed, ran, output } = await judge(test);
  if (passed && ran > 0) return "";
  return `${show(test)} ${ran === 0 ? "did not run" : "fails"} as it is:\n${output}`;
}

const isOf = (row) => (removal) => removal.threat === row.threat;

/** Tests that notice nothing of what is there for their row. Of a row that was not chosen whole, nothing is known. */
async function idleTests(rows, outcomes) {
  const idle = [];
  const seek = async ({ threat, tests }, own) => {
    for (const test of tests) {
      let notices = false;
      for (const outcome of own) notices ||= await outcome.ask(test);
      if (!notices) idle.push({ test, threat });
    }
  };
  const whole = rows
    .map((row) => [row, outcomes.filter(({ removal }) => removal.threat === row.threat)])
    .filter(([row, own]) => own.length === removals.filter(isOf(row)).length);
  const isShared = ([, own]) => own.every(({ removal }) => removal.isSwitched);
  await eachOf(whole.filter(isShared), ([row, own]) => seek(row, own));
  // What is built by itself changes the copy for all.
  for (const [row, own] of whole.filter((pair) => !isShared(pair))) await seek(row, own);
  return idle;
}

function report(outcomes, idle, failing) {
  const unnoticed = outcomes
    .filter(({ noticed }) => !noticed)
    .map(({ removal }) => `no test notices that ${removal.name} is off (${removal.threat})`);
  const idleOnes = idle.map(
    ({ test, threat }) => `notices nothing that is off: ${show(test)} (${threat})`,
  );
  const wrong = [...failing, ...unnoticed, ...idleOnes];
  line(
    `${outcomes.length - unnoticed.length} of ${outcomes.length} protections are noticed when they are off`,
  );
  if (wrong.length > 0) throw new Problem(`not proven:\n  ${wrong.join("\n  ")}`);
}

/** Does something with each, several at once. */
async function eachOf(items, act) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const item = items[next];
      next += 1;
      await act(item);
    }
  };
  await Promise.all(Array.from({ length: Number(values["at-once"]) }, worker));
}

await main(prove);
