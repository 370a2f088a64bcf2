// The threat model names a test for each line: docs/security.md. Those tests must exist.

import { existsSync, readFileSync } from "node:fs";
import { at } from "../lib/project.mjs";

/** A test as the page names it: `file`: “its name”. */
const reference = /`([^`]+)`: \u201c([^\u201d]+)\u201d/g;

export function checkThreats() {
  const broken = [];
  for (const text of readFileSync(at("docs/security.md"), "utf8").split("\n")) {
    if (!text.startsWith("| ") || /^\| (threat|---)/.test(text)) continue;
    const tests = [...text.matchAll(reference)];
    if (tests.length === 0) broken.push(`docs/security.md: no test is named for: ${text}`);
    for (const [, file, name] of tests) {
      if (!existsSync(at(file))) broken.push(`docs/security.md: there is no ${file}`);
      else if (!readFileSync(at(file), "utf8").includes(name)) {
        broken.push(`docs/security.md: ${file} has no test “${name}”`);
      }
    }
  }
  return broken;
}
