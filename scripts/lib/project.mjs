// Where things are in this repository, and which versions of the tools it is built with.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** An absolute path from one that is relative to the repository. */
export const at = (...parts) => join(root, ...parts);

/** Wrangler and Miniflare need 22; the `node` package in node_modules brings a newer one. */
export const minimumNode = 20;

export const workerBuildVersion = "0.8.7";

/** The command-line half of wasm-bindgen must be exactly the library's version. */
export function wasmBindgenVersion() {
  const lock = readFileSync(at("Cargo.lock"), "utf8");
  const found = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock);
  if (!found) throw new Error("Cargo.lock names no wasm-bindgen: is it whole?");
  return found[1];
}

/** The Rust toolchain as rust-toolchain.toml pins it. */
export function rustToolchain() {
  const file = readFileSync(at("rust-toolchain.toml"), "utf8");
  const list = (key) =>
    [...(new RegExp(`^${key} = \\[(.*)\\]`, "m").exec(file)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
      (match) => match[1],
    );
  return {
    channel: /^channel = "([^"]+)"/m.exec(file)?.[1] ?? "stable",
    components: list("components"),
    targets: list("targets"),
  };
}
