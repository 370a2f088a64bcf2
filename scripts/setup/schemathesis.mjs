// Schemathesis, which asks a running service whatever its OpenAPI document allows and forbids. It
// is a Python program: it gets an environment of its own below target/. All that it stands on is
// pinned, because which requests follow from a seed depends on that too.

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { systemEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { ask, run } from "../lib/run.mjs";
import { progress } from "../lib/say.mjs";
import { hashOf } from "../lib/stamp.mjs";

const requirements = at("tests", "openapi", "requirements.txt");
const folder = at("target", "schemathesis", hashOf([requirements]).slice(0, 16));
const program = join(folder, "bin", "schemathesis");
const env = systemEnv({ PIP_DISABLE_PIP_VERSION_CHECK: "1" });

/** Its path; or why it cannot be had here, in words for a warning. */
export async function ensureSchemathesis() {
  if (existsSync(program) && ask(program, ["--version"], { env }) !== undefined) {
    return { program };
  }
  if (
    ask("python3", ["-c", "import sys; assert sys.version_info >= (3, 10)"], { env }) === undefined
  ) {
    return { missing: "it needs Python 3.10 or later (python3)" };
  }
  progress("installing Schemathesis from PyPI");
  try {
    await run("python3", ["-m", "venv", "--clear", folder], { env });
    const pip = ["-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "20"];
    await run(join(folder, "bin", "python"), [...pip, "--requirement", requirements], { env });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: `it could not be installed from PyPI (${error.message})` };
  }
  return { program };
}
