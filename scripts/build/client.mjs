// The web app: static files in client/app/dist, which the Worker serves.

import { existsSync, rmSync } from "node:fs";
import { toolEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { bold, line, seconds } from "../lib/say.mjs";
import { filesBelow, hashOf, readStamp, writeStamp } from "../lib/stamp.mjs";

const page = at("client", "app", "dist", "index.html");
// Not in dist: everything there is served.
const stamp = at("build", ".client-inputs");

export async function buildClient() {
  const hash = hashOf([
    at("package-lock.json"),
    ...filesBelow(at("client"), ["dist", "node_modules", "test", "tests"]),
  ]);
  if (readStamp(stamp) === hash && existsSync(page)) {
    line("Client: up to date");
    return;
  }
  const started = performance.now();
  line(bold("Client: building"));
  rmSync(stamp, { force: true });
  await run("npm", ["run", "--silent", "build", "--workspace", "client/app"], { env: toolEnv() });
  line(`Client: built in ${seconds(performance.now() - started)}`);
  writeStamp(stamp, hash);
}
