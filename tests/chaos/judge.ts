// The delivery checker's verdict on a recording.

import { spawnSync } from "node:child_process";
import { toolEnv } from "../../scripts/lib/env.mjs";
import { root } from "../../scripts/lib/project.mjs";

export interface Verdict {
  holds: boolean;
  /** As the checker prints it. */
  text: string;
}

/** Throws if the recording cannot be read. */
export function judge(recording: string): Verdict {
  const args = ["run", "--quiet", "--locked", "--package", "flagship-delivery", "--", recording];
  const options = { cwd: root, env: toolEnv(), encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync("cargo", args, options);
  if (status !== 0 && status !== 1) throw new Error(`the checker failed: ${stderr}`);
  return { holds: status === 0, text: stdout.trim() };
}
