// Schemathesis, which asks a running service whatever its OpenAPI document allows and forbids. It
// is a Python program: it gets an environment of its own below target/, at a pinned version.

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { systemEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { ask, run } from "../lib/run.mjs";
import { progress } from "../lib/say.mjs";

const VERSION = "4.32.5";
const folder = at("target", "schemathesis", VERSION);
const program = join(folder, "bin", "schemathesis");
const env = systemEnv({ PIP_DISABLE_PIP_VERSION_CHECK: "1" });

/** Its path; or why it cannot be had here, in words for a warning. */
export async function ensureSchemathesis() {
  if (existsSync(program) && ask(program, ["--version"], { env })?.includes(VERSION)) {
    return { program };
  }
  if (
    ask("python3", ["-c", "import sys; assert sys.version_info >= (3, 10)"], { env }) === undefined
  ) {
    return { missing: "it needs Python 3.10 or later (python3)" };
  }
  progress(`installing schemathesis ${VERSION} from PyPI`);
  try {
    await run("python3", ["-m", "venv", "--clear", folder], { env });
    const pip = ["-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "20"];
    await run(join(folder, "bin", "python"), [...pip, `schemathesis==${VERSION}`], { env });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: `it could not be installed from PyPI (${error.message})` };
  }
  return { program };
}
