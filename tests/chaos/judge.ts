// The delivery checker's verdict on a recording.

import { spawnSync } from "node:child_process";
import { toolEnv } from "../../scripts/lib/env.mjs";
import { root } from "../../scripts/lib/project.mjs";

export interface Verdict {
  holds: boolean;
  /** As the checker prints it. */
  text: string;
}

/** What was counted, for a table. */
export interface Figures {
  counts: { acked: number; failed: number; commands: number; expected: number; delivered: number };
  /** How many breaches there are, by kind. */
  breaches: Record<string, number>;
}

/** Throws if the recording cannot be read. */
export function judge(recording: string): Verdict {
  const { status, stdout } = check(recording);
  return { holds: status === 0, text: stdout.trim() };
}

/** The same, counted. */
export const count = (recording: string): Figures =>
  JSON.parse(check("--json", recording).stdout) as Figures;

function check(...args: string[]): { status: number; stdout: string } {
  const command = ["run", "--quiet", "--locked", "--package", "flagship-delivery", "--", ...args];
  const options = { cwd: root, env: toolEnv(), encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync("cargo", command, options);
  if (status !== 0 && status !== 1) throw new Error(`the checker failed: ${stderr}`);
  return { status, stdout };
}
