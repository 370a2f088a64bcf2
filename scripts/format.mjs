// Formats everything: `npm run format`.

import { npmBin } from "./lib/env.mjs";
import { run } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  await setUp();
  await run("cargo", ["fmt", "--all"]);
  await run(npmBin("biome"), ["check", "--write"]);
});
