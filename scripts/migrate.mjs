// Brings each D1 to the newest schema: `--local` (the default) for this machine, `--remote` for the real one.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { npmBin } from "./lib/env.mjs";
import { at } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { main, Problem } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";

export async function migrate(where) {
  for (const binding of databases()) {
    // The binding's name, so that nobody's database name is needed here.
    await run(npmBin("wrangler"), ["d1", "migrations", "apply", binding, where]);
  }
}

/** The bindings of the archive: DB, DB_1, DB_2, … */
function databases() {
  const config = readFileSync(at("wrangler.toml"), "utf8");
  const found = [...config.matchAll(/^binding = "(DB(?:_\d+)?)"$/gm)].map(([, binding]) => binding);
  if (!found.includes("DB")) throw new Problem("wrangler.toml binds no database as DB");
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    await migrate(process.argv.includes("--remote") ? "--remote" : "--local");
  });
}
