// Makes this machine ready: `npm run setup`. Everything else calls `setUp` first, so it is
// quick when nothing is missing, and each part looks before it does anything.

import { pathToFileURL } from "node:url";
import { buildClient } from "./build/client.mjs";
import { wasmTools } from "./lib/cargo-tools.mjs";
import { line, main, Problem, warning } from "./lib/say.mjs";
import { migrate } from "./migrate.mjs";
import { ensureCargoTools } from "./setup/cargo-tools.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { ensureDevVars } from "./setup/dev-vars.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { ensurePrerequisites } from "./setup/prerequisites.mjs";
import { ensureRust } from "./setup/rust.mjs";

/** All that running Flagship needs. */
export async function setUp() {
  ensurePrerequisites();
  await ensureNodeModules();
  await ensureRust();
  await ensureCargoTools(wasmTools());
  ensureDevVars();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    // What plain `npx wrangler dev` does not do by itself: it builds the Worker only.
    await migrate("--local");
    await buildClient();
    try {
      await ensureChromium();
    } catch (error) {
      // Only the browser tests want it, and they insist by themselves.
      if (!(error instanceof Problem)) throw error;
      warning(error.message);
    }
    line("Set up. `npm start` or `npx wrangler dev` runs Flagship, `npm test` proves it.");
  });
}
