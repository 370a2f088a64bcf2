// Proves the project: `npm test` runs every step, `npm run check` the fast ones, and
// `node scripts/test.mjs NAME…` the named ones. Stops at the first failure.

import { bold, green, line, main, Problem, seconds } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";
import { steps } from "./steps.mjs";

await main(async () => {
  const chosen = choose(process.argv.slice(2));
  const times = [];
  await timed(times, "set-up", () => setUp());
  for (const { title, run } of chosen) await timed(times, title, run);

  line(`\n${bold("All steps passed")}`);
  for (const { title, time } of times) line(`  ${seconds(time).padStart(8)}  ${title}`);
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
  try {
    await run();
  } catch (error) {
    error.message = `${title}: ${error.message}`;
    throw error;
  }
  const time = performance.now() - started;
  times.push({ title, time });
  line(green(`    ${title}: passed in ${seconds(time)}`));
}
