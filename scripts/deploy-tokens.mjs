// Says, before a deployment, when its settings take no token: JWT_ISSUER and JWT_AUDIENCE in wrangler.toml.

import { readFileSync } from "node:fs";
import { at } from "./lib/project.mjs";
import { warning } from "./lib/say.mjs";

/** What is wrong with the settings of tokens in a wrangler.toml; `undefined` if nothing is. */
export function tokenProblem(toml) {
  const value = (name) =>
    new RegExp(`^\\s*${name}\\s*=\\s*"([^"]*)"`, "m").exec(toml)?.[1]?.trim() ?? "";
  if (value("ENVIRONMENT") === "development" || value("JWT_ANY_AUDIENCE") === "yes")
    return undefined;
  const missing = ["JWT_ISSUER", "JWT_AUDIENCE"].filter((name) => value(name) === "");
  if (missing.length === 0) return undefined;
  return `${missing.join(" and ")} in wrangler.toml: empty. Unless set as a secret, every token is refused (503) until \
then, or until JWT_ANY_AUDIENCE = "yes" says that any token is meant.`;
}

export function warnOfTokens() {
  const problem = tokenProblem(readFileSync(at("wrangler.toml"), "utf8"));
  if (problem !== undefined) warning(problem);
}
