// On what, and with what, the figures were taken.

import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import { at } from "../scripts/lib/project.mjs";
import { ask } from "../scripts/lib/run.mjs";

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  /** Load of the last minute before the bench began: above a few tenths, others were at work. */
  loadBefore: number;
  commit: string;
  versions: Record<string, string>;
}

const packageVersion = (...path: string[]): string => {
  const file = at(...path, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
};

const crateVersion = (lock: string, crate: string): string => {
  const text = readFileSync(at(lock), "utf8");
  return new RegExp(`name = "${crate}"\nversion = "(.+)"`).exec(text)?.[1] ?? "unknown";
};

export function machine(): Machine {
  const peers = ["bench", "peers", "node_modules"];
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    loadBefore: loadavg()[0] ?? 0,
    commit: ask("git", ["rev-parse", "--short", "HEAD"]) ?? "unknown",
    versions: {
      node: process.version,
      miniflare: packageVersion("node_modules", "miniflare"),
      workerd: packageVersion("node_modules", "workerd"),
      partyserver: packageVersion(...peers, "partyserver"),
      "socket.io": packageVersion(...peers, "socket.io"),
      ws: packageVersion(...peers, "ws"),
      socketioxide: crateVersion("bench/peers/socketioxide/Cargo.lock", "socketioxide"),
      rust: ask("rustc", ["--version"]) ?? "unknown",
    },
  };
}
