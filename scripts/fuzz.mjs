// Fuzzes for longer than the tests do: `npm run fuzz -- [TARGET…] [--seconds 600] [--keep]`.

import { parseArgs } from "node:util";
import { fuzz, targets } from "./checks/fuzz.mjs";
import { main, Problem } from "./lib/say.mjs";

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "600" },
      seed: { type: "string", default: "0" },
      keep: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !targets.includes(name));
  if (unknown) throw new Problem(`no such target: ${unknown} (${targets.join(", ")})`);
  const names = positionals.length > 0 ? positionals : targets;
  const { seconds, seed, keep } = values;
  const outcome = await fuzz(names, Number(seconds), { seed: Number(seed), keep });
  if (outcome?.skipped) throw new Problem(outcome.skipped);
});
