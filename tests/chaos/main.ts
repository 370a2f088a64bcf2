// Flagship under faults, on the real runtime: see tests/README.md.

import { parseArgs } from "node:util";
import { at } from "../../scripts/lib/project.mjs";
import { drive } from "./drive.ts";
import { Flagship } from "./flagship.ts";
import { judge } from "./judge.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "600" },
    rooms: { type: "string", default: "10" },
    people: { type: "string", default: "20" },
  },
});
const shape = {
  seed: Number(process.env.SEED ?? Date.now() % 1_000_000),
  rooms: Number(values.rooms),
  people: Number(values.people),
  seconds: Number(values.seconds),
};
const again = `SEED=${shape.seed} node tests/chaos/main.ts --seconds ${shape.seconds} --rooms ${shape.rooms} --people ${shape.people}`;
console.log(`${shape.rooms} rooms × ${shape.people} people, ${shape.seconds} s; again: ${again}`);

const side = await Flagship.start(shape.rooms);
try {
  const outcome = await drive(side, shape, at("target", "chaos", `flagship-${shape.seed}.jsonl`));
  const { acts, counts, replays, healedMs, notes } = outcome;
  const list = (of: object) =>
    Object.entries(of)
      .map(([name, count]) => `${name} ${count}`)
      .join(" · ");
  console.log(`done: ${list(acts)}`);
  console.log(`connections: ${list(counts)}`);
  console.log(
    `replay: ${replays.times.length} with ${replays.missed} events missed, p50 ${replays.percentile(50).toFixed(0)} ms, p99 ${replays.percentile(99).toFixed(0)} ms; all healed after ${(healedMs / 1000).toFixed(1)} s`,
  );
  for (const note of notes) console.log(note);
  const verdict = judge(outcome.recording);
  console.log(verdict.text);
  if (!verdict.holds) process.exitCode = 1;
} finally {
  await side.stop();
}
