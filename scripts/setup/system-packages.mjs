// What compiling the tools takes from the system. Looked at only when one has to be compiled.

import { systemEnv } from "../lib/env.mjs";
import { ask, run } from "../lib/run.mjs";
import { Problem, progress } from "../lib/say.mjs";

const env = systemEnv({ DEBIAN_FRONTEND: "noninteractive" });

/** Whether packages can be installed without asking anybody. */
export const canInstall = () =>
  process.getuid?.() === 0 && ask("apt-get", ["--version"], { env }) !== undefined;

export async function installPackages(...names) {
  await run("apt-get", ["update", "-q"], { env });
  await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names], { env });
}

/** A C compiler to link with; and on Linux, where TLS is the system's, the headers of OpenSSL. */
export async function ensureSystemPackages({ needsOpenSsl = false }) {
  const missing = [];
  if (ask("cc", ["--version"], { env }) === undefined) missing.push("gcc", "libc6-dev");
  if (needsOpenSsl && process.platform === "linux") {
    const found = ask("pkg-config", ["--exists", "openssl"], { env }) !== undefined;
    if (!found && !process.env.OPENSSL_DIR) missing.push("pkg-config", "libssl-dev");
  }
  if (missing.length === 0) return;

  if (!canInstall()) {
    throw new Problem(
      `a C compiler and the headers of OpenSSL are needed: sudo apt-get install ${missing.join(" ")} (or your system's packages for these)`,
    );
  }
  progress(`installing ${missing.join(" ")}`);
  await installPackages(...missing);
}
