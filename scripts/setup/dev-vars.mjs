// `.dev.vars`: the settings of a local run. Written once; after that it is yours, and only what a newer version needs is
// added.

import { randomBytes } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "../lib/project.mjs";
import { progress } from "../lib/say.mjs";
import { newKey } from "../lib/secrets.mjs";

const KEYS = /^\s*(?:export\s+)?FLAGSHIP_KEYS\s*=/m;

export function ensureDevVars(path = at(".dev.vars")) {
  const secret = randomBytes(48).toString("base64");
  const text = `# Read by local runs only, and never committed. Made by npm run setup; yours to change.
ENVIRONMENT="development"
JWT_SECRET="${secret}"
FLAGSHIP_KEYS="${newKey()}"
`;
  try {
    // `wx` refuses to write over a file, without a look beforehand that could be outdated.
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    progress("wrote .dev.vars with new secrets");
    return;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const existing = readFileSync(path, "utf8");
  if (KEYS.test(existing)) return;
  const begin = existing === "" || existing.endsWith("\n") ? "" : "\n";
  appendFileSync(path, `${begin}FLAGSHIP_KEYS="${newKey()}"\n`);
  progress("added a new FLAGSHIP_KEYS to .dev.vars");
}
