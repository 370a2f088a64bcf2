// The web app: static files in client/app/dist, which the Worker serves.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { toolEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { bold, line, Problem, seconds } from "../lib/say.mjs";
import { filesBelow, hashOf, readStamp, writeStamp } from "../lib/stamp.mjs";

const page = at("client", "app", "dist", "index.html");
// Not in dist: everything there is served.
const stamp = at("build", ".client-inputs");

/**
 * The most that a first visit may load before the page can be used: page, styles and script, gzipped. A slow phone's
 * network brings 1.6 Mbit/s: 200 KB are a second there, and the person waits for nothing else. React alone is 60 KB.
 */
const FIRST_LOAD_BYTES = 200_000;

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
  checkFirstLoad();
  line(`Client: built in ${seconds(performance.now() - started)}`);
  writeStamp(stamp, hash);
}

/** What the page itself names: the languages and the service worker come later, or not at all. */
function checkFirstLoad() {
  const html = readFileSync(page, "utf8");
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path);
  const files = [page, ...named.map((path) => at("client", "app", "dist", path))];
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  line(`Client: the first load is ${bytes} bytes gzipped, of ${FIRST_LOAD_BYTES} at most`);
  if (bytes > FIRST_LOAD_BYTES) {
    throw new Problem("the first load is over its budget: load what is not needed at once later");
  }
}
