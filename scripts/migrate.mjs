// Brings D1 to the newest schema: `--local` (the default) for this machine, `--remote` for the real one.

import { pathToFileURL } from "node:url";
import { npmBin } from "./lib/env.mjs";
import { run } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";

export async function migrate(where) {
  // The binding's name, so that nobody's database name is needed here.
  await run(npmBin("wrangler"), ["d1", "migrations", "apply", "DB", where]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    await migrate(process.argv.includes("--remote") ? "--remote" : "--local");
  });
}
