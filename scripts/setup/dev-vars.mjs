// `.dev.vars`: the settings of a local run. Written once; after that it is yours.

import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { at } from "../lib/project.mjs";
import { progress } from "../lib/say.mjs";

export function ensureDevVars() {
  const secret = randomBytes(48).toString("base64");
  const text = `# Read by local runs only, and never committed. Made by npm run setup; yours to change.
ENVIRONMENT="development"
JWT_SECRET="${secret}"
`;
  try {
    // `wx` refuses to write over a file, without a look beforehand that could be outdated.
    writeFileSync(at(".dev.vars"), text, { flag: "wx", mode: 0o600 });
    progress("wrote .dev.vars with a new secret");
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}
