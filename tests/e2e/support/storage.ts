// What the runtime keeps on disk, to be spoilt or lost while it does not run.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after } from "node:test";

/** A folder for a service's storage that goes away with the tests. */
export function temporaryStorage(): string {
  const storage = mkdtempSync(join(tmpdir(), "flagship-e2e-"));
  after(() => rmSync(storage, { recursive: true, force: true }));
  return storage;
}

/** The files of objects that hold a journal. */
function journals(storage: string): string[] {
  const files = readdirSync(storage, { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => name.endsWith(".sqlite"))
    .map((name) => join(storage, name))
    .filter((file) => {
      const database = new DatabaseSync(file);
      const query = "SELECT name FROM sqlite_master WHERE name = 'journal'";
      const tables = database.prepare(query).all();
      database.close();
      return tables.length > 0;
    });
}

/** Changes every object's journal by a statement. */
export function spoilJournals(storage: string, sql: string): void {
  for (const file of journals(storage)) {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }
}

/** Loses everything that objects hold; gives how many there were. */
export function loseObjects(storage: string): number {
  const files = journals(storage);
  for (const file of files) {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
  }
  return files.length;
}
