// Runs Flagship on this machine: `npm start`, or `PORT=9000 npm start`.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { buildClient } from "./build/client.mjs";
import { buildWorker } from "./build/worker.mjs";
import { npmBin, toolEnv } from "./lib/env.mjs";
import { root } from "./lib/project.mjs";
import { bold, green, line, main, Problem, progress } from "./lib/say.mjs";
import { migrate } from "./migrate.mjs";
import { setUp } from "./setup.mjs";

const port = Number(process.env.PORT || 8787);
const host = process.env.HOST;
const isEverywhere = !host || host === "0.0.0.0" || host === "::";
const url = `http://${isEverywhere ? "localhost" : host}:${port}`;

await main(async () => {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(`PORT is no port number: ${process.env.PORT}`);
  }
  await setUp();
  // Said now rather than after the build; wrangler itself would quietly take another port.
  await ensureFree(port);
  progress("bringing the local database to the newest schema");
  await migrate("--local");
  await buildClient();
  await buildWorker();
  await serve();
});

function ensureFree(wanted) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", () =>
      reject(new Problem(`port ${wanted} is taken: choose another with PORT=9000 npm start`)),
    );
    probe.listen(wanted, "127.0.0.1", () => probe.close(resolve));
  });
}

/** Runs `wrangler dev` until it ends, and says once when it answers. */
async function serve() {
  const args = ["dev", "--port", String(port), "--show-interactive-dev-session=false"];
  if (host) args.push("--ip", host);
  // No input: wrangler would take keystrokes, and stop when there is none to read.
  const wrangler = spawn(npmBin("wrangler"), args, {
    cwd: root,
    env: toolEnv(),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise((resolve, reject) => {
    wrangler.on("error", reject);
    wrangler.on("exit", (code, signal) => resolve({ code, signal }));
  });

  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      stopping = true;
      // Ctrl-C in a terminal reaches wrangler too, and twice would cut its tidying short:
      // ours is for whoever signals only this process.
      setTimeout(() => wrangler.kill("SIGTERM"), signal === "SIGINT" ? 1000 : 0).unref();
    });
  }

  announce(() => stopping || wrangler.exitCode !== null);
  const { code, signal } = await ended;
  if (!stopping && code !== 0) {
    throw new Problem(`wrangler dev ended (${signal ?? `exit code ${code}`})`);
  }
}

async function announce(isOver) {
  while (!isOver()) {
    try {
      await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) });
      line(`\n${green(bold(`  Flagship is ready: ${url}`))}\n  Ctrl-C stops it.\n`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
