// How the built Worker is run: on workerd, with its bindings, by Miniflare.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  Miniflare,
  type V4WorkerOptions,
} from "miniflare";
import { root } from "../../../scripts/lib/project.mjs";
import type { Binding } from "./database.ts";
import { DOOR } from "./door.ts";
import { KEYS, SECRET } from "./tokens.ts";

/** Variables for tests and measurements that send faster than one participant may. */
export const UNCOUNTED = { ENVIRONMENT: "development", RATE_LIMIT: "off" };

/** How long the rate limiting bindings of requests count, in seconds, as in wrangler.toml. */
export const RATE_PERIOD_S = 10;

/** How long the one of created sessions counts. */
export const SESSIONS_PERIOD_S = 60;

/** The rate limiting bindings, with the seconds over which each counts. */
const RATE_LIMITS = {
  REQUESTS_PER_ADDRESS: RATE_PERIOD_S,
  REQUESTS_PER_IDENTITY: RATE_PERIOD_S,
  SESSIONS_PER_IDENTITY: SESSIONS_PERIOD_S,
} as const;

/** What a test may choose. */
export interface Settings {
  /** Variables of the Worker, over the ones below. */
  variables?: Record<string, string>;
  /** The databases of the archive; only `DB`, if absent. */
  databases?: string[];
  /** How much each of these rate limiting bindings allows in its period; without them, there are none. */
  rateLimits?: Partial<Record<keyof typeof RATE_LIMITS, number>>;
  /** A module with a class `Meanings` that stands in for the model behind the AI binding; there is none, if absent. */
  meanings?: string;
  /** Where everything durable is kept; a folder of its own that goes away, if absent. */
  storage?: string;
  /** Where it listens; anywhere, if absent. */
  port?: number;
  /** Whether there is a way to the archive that can be used under load: door.ts. */
  door?: boolean;
  /** Whether the runtime can be inspected: how much its heap holds. */
  inspector?: boolean;
  /** A module to run in front of the built one, which it finds as `./index.js`. */
  front?: string;
}

/** One line of the Worker's log. */
export interface LogLine {
  level: string;
  message: string;
  [field: string]: unknown;
}

export const WORKER = "flagship";
export const OBJECT = "SessionObject";

/** The date in wrangler.toml: the tests run what is deployed. */
function compatibilityDate(): string {
  const found = /^compatibility_date = "(.+)"$/m.exec(
    readFileSync(join(root, "wrangler.toml"), "utf8"),
  );
  if (!found?.[1]) throw new Error("wrangler.toml names no compatibility_date");
  return found[1];
}

function readLine(level: string, message: string): LogLine {
  try {
    const line: unknown = JSON.parse(message);
    if (typeof line === "object" && line !== null) return line as LogLine;
  } catch {
    // Not one of ours: the runtime's own words.
  }
  return { level, message };
}

/** Starts the Worker. `log` is told every line. */
export function run(settings: Settings, log: (line: LogLine) => void): Miniflare {
  const worker: V4WorkerOptions = {
    name: WORKER,
    rootPath: root,
    modulesRoot: "build",
    modules: [
      ...(settings.front === undefined
        ? []
        : [{ type: "ESModule" as const, path: "build/front.js", contents: settings.front }]),
      { type: "ESModule", path: "build/index.js" },
      { type: "CompiledWasm", path: "build/index_bg.wasm" },
    ],
    compatibilityDate: compatibilityDate(),
    durableObjects: { SESSION: { className: OBJECT, useSQLite: true } },
    d1Databases: settings.databases ?? ["DB"],
    bindings: {
      JWT_SECRET: SECRET,
      FLAGSHIP_KEYS: KEYS,
      // Tests of issuers and audiences set them; everywhere else any token that is signed is meant.
      JWT_ANY_AUDIENCE: "yes",
      ARCHIVE_INTERVAL_MS: "50",
      // Ten days: what wakes an object is counted, and the clock is not to do it in between.
      SOCKET_LEASE_MS: "864000000",
      ...settings.variables,
    },
    ratelimits: Object.fromEntries(
      Object.entries(settings.rateLimits ?? {}).map(([name, limit]) => [
        name,
        {
          namespace_id: name,
          simple: { limit, period: RATE_LIMITS[name as keyof typeof RATE_LIMITS] },
        },
      ]),
    ),
    ...(settings.meanings
      ? { serviceBindings: { AI: { name: "meanings", entrypoint: "Meanings" } } }
      : {}),
  };
  const meanings: V4WorkerOptions = {
    name: "meanings",
    modules: true,
    script: settings.meanings ?? "",
  };
  return new Miniflare(
    convertV4MiniflareOptions({
      workers: [worker, ...(settings.meanings ? [meanings] : []), ...(settings.door ? [DOOR] : [])],
      cf: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: ({ level, message }) => log(readLine(level, message)),
      ...(settings.storage === undefined ? {} : { resourcePersistencePath: settings.storage }),
      ...(settings.port === undefined ? {} : { port: settings.port }),
      ...(settings.inspector ? { inspectorPort: 0 } : {}),
    }),
  );
}

export const databaseOf = async (miniflare: Miniflare, name = "DB"): Promise<Binding> =>
  (await miniflare.getD1Database(name)) as unknown as Binding;
