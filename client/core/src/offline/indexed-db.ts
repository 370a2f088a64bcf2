import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { randomId, tabStorage } from "../browser.ts";
import type { Locks } from "../environment.ts";
import { keyValueQueueStore, type QueueStore, type SavedCommand } from "../queue-store.ts";
import { browserLocks } from "./locks.ts";

/** What may be chosen. */
export interface IndexedDbQueueOptions {
  /** The name of the database; `flagship`, if absent. */
  name?: string;
  /** Locks that all pages of this origin share; the browser's, if absent. */
  locks?: Locks | undefined;
  /** Takes the place of a database that cannot be opened; `sessionStorage`, if absent. */
  fallback?: QueueStore;
}

interface Row {
  queue: string;
  id: string;
  /** The page that sends it. */
  owner: string;
  /** Tells those apart that were given in the same millisecond. */
  place: number;
  saved: SavedCommand;
}

interface Schema extends DBSchema {
  commands: { key: [string, string]; value: Row; indexes: { queue: string } };
}

/**
 * Keeps queues in IndexedDB: what was written survives that the tab is closed, and the next page that enters the
 * session sends it. Each page sends what it queued itself, and takes over from pages that are gone: with locks, no two
 * send the same; without, the server tells the repeat by its id.
 */
export function indexedDbQueueStore(options: IndexedDbQueueOptions = {}): QueueStore {
  const { name = "flagship", fallback = keyValueQueueStore(tabStorage()) } = options;
  const locks = "locks" in options ? options.locks : browserLocks();
  let opened: Promise<QueueStore> | undefined;
  const store = () => {
    opened ??= openDatabase(name)
      .then((database) => queuesIn(database, locks))
      .catch(() => fallback);
    return opened;
  };
  return {
    open: async (queue) => (await store()).open(queue),
    put: async (queue, command) => (await store()).put(queue, command),
    remove: async (queue, id) => (await store()).remove(queue, id),
  };
}

async function openDatabase(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      const commands = database.createObjectStore("commands", { keyPath: ["queue", "id"] });
      commands.createIndex("queue", "queue");
    },
    // A page with a later version waits: this one must not stand in its way.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

async function queuesIn(
  database: IDBPDatabase<Schema>,
  locks: Locks | undefined,
): Promise<QueueStore> {
  const self = randomId();
  let places = 0;
  // Held for as long as this page lives: others see by it that it does.
  await locks?.take(lockOf(self));
  return {
    async open(queue) {
      const rows = await database.getAllFromIndex("commands", "queue", queue);
      const others = new Set(rows.map(({ owner }) => owner).filter((owner) => owner !== self));
      for (const owner of others) await takeOver(database, queue, owner, self, locks);
      const own = await database.getAllFromIndex("commands", "queue", queue);
      return own
        .filter(({ owner }) => owner === self)
        .sort((a, b) => a.saved.createdAt - b.saved.createdAt || a.place - b.place)
        .map(({ saved }) => saved);
    },
    async put(queue, saved) {
      const change = database.transaction("commands", "readwrite");
      const known = await change.store.get([queue, saved.id]);
      const place = known?.place ?? ++places;
      await change.store.put({ queue, id: saved.id, owner: self, place, saved });
      await change.done;
    },
    async remove(queue, id) {
      await database.delete("commands", [queue, id]);
    },
  };
}

/** Makes what a page left its successor's, if that page is gone. */
async function takeOver(
  database: IDBPDatabase<Schema>,
  queue: string,
  from: string,
  to: string,
  locks: Locks | undefined,
): Promise<void> {
  const release = locks ? await locks.take(lockOf(from)) : () => {};
  if (!release) return;
  try {
    const change = database.transaction("commands", "readwrite");
    // Read again: another page may have taken it over before.
    for (const row of await change.store.index("queue").getAll(queue)) {
      if (row.owner === from) await change.store.put({ ...row, owner: to });
    }
    await change.done;
  } finally {
    release();
  }
}

function lockOf(page: string): string {
  return `flagship.page.${page}`;
}
