// Proves the project: `npm test` runs every step, `npm run check` the fast ones, and
// `node scripts/test.mjs NAME…` the named ones. Stops at the first failure.

import { bold, green, line, main, Problem, seconds, warning } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";
import { steps } from "./steps.mjs";

await main(async () => {
  const chosen = choose(process.argv.slice(2));
  const times = [];
  await timed(times, "set-up", () => setUp());
  for (const { title, run } of chosen) await timed(times, title, run);

  const skipped = times.filter((step) => step.skipped).length;
  const end = skipped === 0 ? "All steps passed" : `${skipped} skipped, all other steps passed`;
  line(`\n${bold(end)}`);
  for (const { title, time, skipped } of times) {
    line(`  ${(skipped ? "skipped" : seconds(time)).padStart(8)}  ${title}`);
  }
});

function choose(args) {
  if (args.length === 0) return steps;
  if (args[0] === "--fast") return steps.filter((step) => step.fast);
  return args.map((name) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (step) return step;
    throw new Problem(`no such step: ${name} (${steps.map((known) => known.name).join(", ")})`);
  });
}

async function timed(times, title, run) {
  line(`\n${bold(`==> ${title}`)}`);
  const started = performance.now();
  let outcome;
  try {
    outcome = await run();
  } catch (error) {
    error.message = `${title}: ${error.message}`;
    throw error;
  }
  const time = performance.now() - started;
  // A step says itself that it could not be taken, and why; it does not count as passed.
  const skipped = outcome?.skipped;
  times.push({ title, time, skipped });
  if (skipped) warning(`${title}: skipped: ${skipped}`);
  else line(green(`    ${title}: passed in ${seconds(time)}`));
}
