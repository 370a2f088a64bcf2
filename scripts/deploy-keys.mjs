// FLAGSHIP_KEYS of a deployment: made once, before the first version that needs it, and never replaced. Another one would
// give every repeated request another id.

import { spawnSync } from "node:child_process";
import { npmBin, toolEnv } from "./lib/env.mjs";
import { root } from "./lib/project.mjs";
import { Problem, progress } from "./lib/say.mjs";
import { newKey } from "./lib/secrets.mjs";

const NAME = "FLAGSHIP_KEYS";

/** Options of `wrangler deploy` that say which Worker is meant. */
const WHICH = /^(?:--env|-e|--name|--config|-c)(?:=|$)/;

/** What wrangler says of a Worker that was never deployed. */
const NO_WORKER = /^.*Worker ".*" (?:\(env: .*\) )?not found\./m;

/**
 * Makes the secret if the Worker has none.
 *
 * @param {string[]} args those of `wrangler deploy`
 * @param {(args: string[], input?: string) => { status: number | null, stdout: string, stderr: string }} wrangler runs it
 */
export function ensureDeploymentKeys(args, wrangler = runWrangler) {
  const which = whichWorker(args);
  const listed = wrangler(["secret", "list", "--format", "json", ...which]);
  if (hasKeys(listed)) return;
  progress(`making ${NAME}, a new secret of this deployment`);
  // By the standard input: arguments are seen by every process of the machine.
  const put = wrangler(["secret", "put", NAME, ...which], newKey());
  if (put.status !== 0) throw new Problem(`${NAME} was not set:\n${put.stderr || put.stdout}`);
}

/** Whether the secret is there. What cannot be read is no sign that it is not. */
function hasKeys({ status, stdout, stderr }) {
  if (status === 0) {
    const secrets = parse(stdout);
    if (Array.isArray(secrets)) return secrets.some((secret) => secret.name === NAME);
  } else if (NO_WORKER.test(`${stderr}\n${stdout}`)) {
    return false;
  }
  throw new Problem(`the secrets of the Worker cannot be listed:\n${stderr || stdout}`);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whichWorker(args) {
  return args.flatMap((argument, index) => {
    if (!WHICH.test(argument)) return [];
    return argument.includes("=") ? [argument] : args.slice(index, index + 2);
  });
}

function runWrangler(args, input = "") {
  const options = { cwd: root, env: toolEnv(), encoding: "utf8", input };
  const { status, stdout, stderr, error } = spawnSync(npmBin("wrangler"), args, options);
  return { status, stdout: stdout ?? "", stderr: stderr || (error?.message ?? "") };
}
