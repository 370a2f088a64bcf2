// Knowing that something is already done: a stamp holds the hash of the contents it was done for.
// Contents and not times, because a checkout or a copy changes every file's time.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./project.mjs";

/** Every file below a path (or the path itself), leaving out folders of the given names. */
export function filesBelow(path, skip = []) {
  if (!existsSync(path)) return [];
  const found = [];
  const visit = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (skip.includes(entry.name)) continue;
      const full = join(dir, entry.name);
      if (entry.isDirectory()) visit(full);
      else if (entry.isFile()) found.push(full);
    }
  };
  try {
    visit(path);
  } catch (error) {
    if (error.code !== "ENOTDIR") throw error;
    found.push(path);
  }
  return found.sort();
}

/** One hash over the names and contents of files, and over any further facts. */
export function hashOf(files, facts = []) {
  const hash = createHash("sha256");
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of files) {
    hash.update(`${relative(root, file)}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : "missing");
    hash.update("\0");
  }
  return hash.digest("hex");
}

export const readStamp = (file) => (existsSync(file) ? readFileSync(file, "utf8").trim() : "");

export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${hash}\n`);
}
