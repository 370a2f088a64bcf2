// Running other programs.

import { spawn, spawnSync } from "node:child_process";
import { toolEnv } from "./env.mjs";
import { root } from "./project.mjs";
import { Problem } from "./say.mjs";

/**
 * Runs a program with our own output, and resolves when it has succeeded.
 * Input is closed unless asked for: a tool that would ask a question takes its default.
 */
export function run(command, args, { env = toolEnv(), cwd = root, input = "ignore" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: [input, "inherit", "inherit"] });
    child.on("error", (error) => reject(new Problem(`${command} did not start: ${error.message}`)));
    child.on("exit", (code, signal) => {
      if (code === 0) return resolve();
      const how = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
      const problem = new Problem(`${[command, ...args].join(" ")} ${how}`);
      problem.exitCode = code ?? 1;
      reject(problem);
    });
  });
}

/** Runs a quick program quietly: its output, or undefined when it is missing or failed. */
export function ask(command, args, { env = toolEnv(), cwd = root } = {}) {
  const { status, stdout } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs a program quietly and gives its output; a failure shows what it said. */
export function read(command, args, { env = toolEnv(), cwd = root } = {}) {
  const options = { cwd, env, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 };
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  if (status === 0) return stdout;
  throw new Problem(`${[command, ...args].join(" ")} failed\n${stderr || error?.message}`);
}
