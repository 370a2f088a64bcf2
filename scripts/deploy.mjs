// Builds, brings the remote D1 to the newest schema, and deploys: `npm run deploy`.
// The schema goes first, because a migration only ever adds what the running version
// does not mind (docs/operations.md, "Migrations").

import { buildClient } from "./build/client.mjs";
import { buildWorker } from "./build/worker.mjs";
import { ensureDeploymentKeys } from "./deploy-keys.mjs";
import { warnOfTokens } from "./deploy-tokens.mjs";
import { npmBin } from "./lib/env.mjs";
import { run } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { migrate } from "./migrate.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  warnOfTokens();
  await setUp();
  await buildClient();
  await buildWorker();
  await migrate("--remote");
  const args = process.argv.slice(2);
  if (!args.includes("--dry-run")) ensureDeploymentKeys(args);
  await run(npmBin("wrangler"), ["deploy", ...args], { input: "inherit" });
});
