// The threat model names a test for each line: docs/security.md. Those tests must exist.

import { existsSync, readFileSync } from "node:fs";
import { at } from "../lib/project.mjs";
import { securityPage, securityRows } from "../lib/security-page.mjs";

/** Whether a file has a test of this name: not only the words, in a comment or a message. */
function hasTest(file, name) {
  const text = readFileSync(at(file), "utf8");
  const words = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (file.endsWith(".rs"))
    return new RegExp(`#\\[test\\]\\s+(#\\[.*\\]\\s+)*fn ${words}\\(`).test(text);
  if (/\.test\.ts$/.test(file)) {
    return new RegExp(`\\b(test|it|describe)\\(\\s*["'\`].*${words}`).test(text);
  }
  // A check of the sources is named by what it says.
  return new RegExp(`\\bwhy: "${words}`).test(text);
}

export function checkThreats() {
  const broken = [];
  for (const { text, tests } of securityRows()) {
    if (tests.length === 0) broken.push(`${securityPage}: no test is named for: ${text}`);
    for (const { file, name } of tests) {
      if (!existsSync(at(file))) broken.push(`${securityPage}: there is no ${file}`);
      else if (!hasTest(file, name)) {
        broken.push(`${securityPage}: ${file} has no test “${name}”`);
      }
    }
  }
  return broken;
}
