// Known weaknesses in npm packages, as the registry knows them: high and critical ones are refused.

import { spawnSync } from "node:child_process";
import { systemEnv } from "../lib/env.mjs";
import { root } from "../lib/project.mjs";
import { line, Problem } from "../lib/say.mjs";

const args = [
  "audit",
  "--json",
  "--audit-level=high",
  "--fetch-retries=0",
  "--fetch-timeout=20000",
];

export function checkAudit() {
  const options = { cwd: root, env: systemEnv(), encoding: "utf8", maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = spawnSync("npm", args, options);
  const report = readReport(stdout);
  // npm says the same, by its exit code, of weaknesses and of a registry that it cannot ask.
  if (!report) {
    return { skipped: "the npm registry does not answer its audit endpoint (npm audit)" };
  }
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) =>
    ["high", "critical"].includes(severity),
  );
  if (grave.length > 0) {
    const names = grave.map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
    throw new Problem(`npm packages have known weaknesses (npm audit):\n  ${names.join("\n  ")}`);
  }
  line("no npm package has a known weakness that is high or critical");
  return undefined;
}

/** What npm found; undefined if it could not ask. */
function readReport(text) {
  try {
    const report = JSON.parse(text);
    return report.vulnerabilities && report.metadata ? report : undefined;
  } catch {
    return undefined;
  }
}
