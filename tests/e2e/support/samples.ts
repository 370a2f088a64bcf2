// One of each command that there is, as the fuzzer's corpus has them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS, type Command } from "../../../client/core/src/generated/protocol.ts";
import { at } from "../../../scripts/lib/project.mjs";

const folder = at("tests", "fuzz", "corpus", "frames");

/** Every command once. What they name need not be there. */
export function sampleCommands(): Command[] {
  const found = new Map<string, Command>();
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.startsWith('{"type":"command"')) continue;
    const { command } = JSON.parse(text) as { command: Command };
    if (!found.has(command.type)) found.set(command.type, command);
  }
  const missing = COMMANDS.filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`no sample of ${missing.join(", ")} in ${folder}`);
  return [...found.values()];
}
