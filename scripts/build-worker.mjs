// The build command of wrangler.toml. Without a set-up, which may replace node_modules
// while wrangler runs from it.

import { buildWorker } from "./build/worker.mjs";
import { main } from "./lib/say.mjs";

await main(buildWorker);
