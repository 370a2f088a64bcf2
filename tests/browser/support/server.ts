// The whole service as wrangler runs it, on a port and a storage of its own, to be killed and started
// again. It runs from a copy of what is deployed: an edit or a build beside the test must not reach it.

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { npmBin, toolEnv } from "../../../scripts/lib/env.mjs";
import { at } from "../../../scripts/lib/project.mjs";
import { layArchive } from "./archive.ts";
import { until } from "./until.ts";

/** What is deployed, beside wrangler.toml. */
const DEPLOYED = ["build", "client/app/dist", "migrations"];

/** The service under test. */
export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), "flagship-browser-"));
  readonly #port: number;
  #process: ChildProcess | undefined;
  #output = "";

  /** `settings`: further variables of the Worker. */
  constructor(port: number, settings: Readonly<Record<string, string>> = {}) {
    this.#port = port;
    for (const part of DEPLOYED) cpSync(at(part), join(this.#folder, part), { recursive: true });
    // The build has been: the step before this one, or whoever runs a single file.
    const config = readFileSync(at("wrangler.toml"), "utf8").replace(
      /^\[build\]\n(?:[^[].*\n)*/m,
      "",
    );
    writeFileSync(join(this.#folder, "wrangler.toml"), config);
    const secrets = {
      JWT_SECRET: randomBytes(48).toString("base64"),
      FLAGSHIP_KEYS: randomBytes(48).toString("base64url"),
    };
    const all = { ENVIRONMENT: "development", ...secrets, ...settings };
    const variables = Object.entries(all)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join("");
    writeFileSync(join(this.#folder, ".dev.vars"), variables);
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Brings the storage's archive to the newest schema. */
  async migrate(): Promise<void> {
    await layArchive(join(this.#folder, ".wrangler", "state"), async () => {
      const child = this.#spawn(["d1", "migrations", "apply", "DB", "--local"]);
      const [code] = await once(child, "exit");
      if (code !== 0) throw new Error(`the migrations failed:\n${this.#output}`);
    });
  }

  /** Starts it: the second time, where and as it was. Resolves when it answers. */
  async start(): Promise<void> {
    const ports = ["--port", String(this.#port), "--inspector-port", "0"];
    const child = this.#spawn(["dev", ...ports, "--show-interactive-dev-session=false"]);
    this.#process = child;
    await until("the service answers", async () => {
      if (child.exitCode !== null) throw new Error(`wrangler dev ended:\n${this.#output}`);
      const answer = await fetch(`${this.url}/api/health`).catch(() => undefined);
      return answer?.ok;
    });
  }

  /** `kill -9` on the whole process group. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child?.pid || child.exitCode !== null) return;
    const exited = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await exited;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The end of what it printed. */
  get output(): string {
    return this.#output;
  }

  #spawn(args: string[]): ChildProcess {
    // A group of its own, so that a signal reaches workerd too.
    const child = spawn(npmBin("wrangler"), args, {
      cwd: this.#folder,
      detached: true,
      env: toolEnv(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        this.#output = (this.#output + chunk).slice(-20_000);
      });
    }
    return child;
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

/** A service for all tests of a file. `settings`: further variables of the Worker. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const server = new Server(await freePort(), settings);
  try {
    await server.migrate();
    await server.start();
  } catch (error) {
    // A file that fails before its first test runs no hooks.
    await server.remove();
    throw new Error(`the service did not start:\n${server.output}`, { cause: error });
  }
  after(() => server.remove());
  return server;
}
