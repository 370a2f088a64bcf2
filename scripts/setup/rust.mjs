// The Rust toolchain that rust-toolchain.toml pins, with its components and the wasm target.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { rustToolchain } from "../lib/project.mjs";
import { ask, run } from "../lib/run.mjs";
import { Problem, progress } from "../lib/say.mjs";

const isThere = (sysroot, { components, targets }) =>
  targets.every((target) => existsSync(join(sysroot, "lib", "rustlib", target))) &&
  components.every((name) => existsSync(join(sysroot, "bin", programOf[name] ?? name)));

const programOf = { clippy: "cargo-clippy", rustfmt: "rustfmt" };

export async function ensureRust() {
  const wanted = rustToolchain();
  const withRustup = ask("rustup", ["toolchain", "list"]);

  if (withRustup === undefined) {
    // A Rust from elsewhere: it serves as long as it can build for wasm.
    const sysroot = ask("rustc", ["--print", "sysroot"]);
    if (sysroot && isThere(sysroot, wanted)) return;
    throw new Problem(
      `Rust ${wanted.channel} with ${[...wanted.targets, ...wanted.components].join(", ")} is needed: install rustup from https://rustup.rs`,
    );
  }

  const isInstalled = withRustup
    .split("\n")
    .some((name) => name === wanted.channel || name.startsWith(`${wanted.channel}-`));
  // Asked of rustc only when the toolchain is there: rustup may otherwise start to install it.
  const sysroot = isInstalled
    ? ask("rustup", ["run", wanted.channel, "rustc", "--print", "sysroot"])
    : undefined;
  if (sysroot && isThere(sysroot, wanted)) return;

  progress(`installing Rust ${wanted.channel} for ${wanted.targets.join(", ")}`);
  const args = ["toolchain", "install", wanted.channel, "--profile", "minimal", "--no-self-update"];
  for (const component of wanted.components) args.push("--component", component);
  for (const target of wanted.targets) args.push("--target", target);
  try {
    await run("rustup", args);
  } catch {
    throw new Problem(
      `rustup could not install Rust ${wanted.channel}. Once you are online: rustup ${args.join(" ")}`,
    );
  }
}
