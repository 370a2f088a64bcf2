// Builds what runs: `npm run build`, or one part of it: `npm run build:client`, `npm run build:worker`.

import { buildClient } from "./build/client.mjs";
import { buildWorker } from "./build/worker.mjs";
import { main, Problem } from "./lib/say.mjs";
import { setUp } from "./setup.mjs";

const builders = { client: buildClient, worker: buildWorker };

await main(async () => {
  const wanted = process.argv.slice(2);
  for (const name of wanted) {
    if (!builders[name]) throw new Problem(`no such part to build: ${name} (client, worker)`);
  }
  await setUp();
  for (const name of wanted.length > 0 ? wanted : Object.keys(builders)) await builders[name]();
});
