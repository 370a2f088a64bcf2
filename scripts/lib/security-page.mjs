// The threat model, docs/security.md, as data: a row says what stops a threat, and which tests show it.

import { readFileSync } from "node:fs";
import { at } from "./project.mjs";

export const securityPage = "docs/security.md";

/** A test as the page names it: `file`: “its name”. */
const reference = /`([^`]+)`: \u201c([^\u201d]+)\u201d/g;

/**
 * The rows of the page's tables.
 *
 * @returns {{ threat: string, text: string, tests: { file: string, name: string }[] }[]}
 */
export function securityRows() {
  const rows = [];
  for (const text of readFileSync(at(securityPage), "utf8").split("\n")) {
    if (!text.startsWith("| ") || /^\| (threat|---)/.test(text)) continue;
    const tests = [...text.matchAll(reference)].map(([, file, name]) => ({ file, name }));
    rows.push({ threat: text.split("|")[1].trim(), text, tests });
  }
  return rows;
}
