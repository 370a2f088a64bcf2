// An archive of the newest schema and with nothing in it. The migrations take wrangler some seconds, and every file of
// tests wants one: they are run once, and again when anything about them has changed.

import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { at } from "../../../scripts/lib/project.mjs";
import { filesBelow, hashOf } from "../../../scripts/lib/stamp.mjs";

/** Puts one into a folder; `migrate` makes it there when there is none to be copied. */
export async function layArchive(folder: string, migrate: () => Promise<void>): Promise<void> {
  const of = [...filesBelow(at("migrations")), at("wrangler.toml"), at("package-lock.json")];
  const kept = at("target", "browser", `archive-${hashOf(of).slice(0, 16)}`);
  if (existsSync(kept)) {
    cpSync(kept, folder, { recursive: true });
    return;
  }
  await migrate();
  mkdirSync(dirname(kept), { recursive: true });
  // Whole or not at all, whoever else is at it.
  const whole = mkdtempSync(`${kept}-`);
  cpSync(folder, whole, { recursive: true });
  try {
    renameSync(whole, kept);
  } catch (error) {
    rmSync(whole, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
}
