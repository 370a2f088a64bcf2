// Makes a session's journal longer, from outside, while nothing runs: the rows that the object would
// have written for as many messages of one moment, with a checkpoint every so often and a snapshot of the end.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const CHECKPOINT_EVERY = 256;
const ROOM = "room:main";

interface Row {
  rev: number;
  at: number;
  actor: string;
  key: string;
  fingerprint: string;
  result: string | null;
  stream: string;
  from_seq: number;
  to_seq: number;
  events: string;
}

interface State {
  rev: number;
  at: number;
  members: Record<string, unknown>;
  heads: Record<string, number>;
}

/** The database of a session. */
function open(storage: string, session: string): DatabaseSync {
  const files = readdirSync(storage, { recursive: true, encoding: "utf8" });
  for (const name of files.filter((file) => file.endsWith(".sqlite"))) {
    const database = new DatabaseSync(join(storage, name));
    const tables = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'journal'").all();
    const query = "SELECT 1 FROM journal WHERE rev = 1 AND instr(events, ?) > 0";
    if (tables.length > 0 && database.prepare(query).get(session)) return database;
    database.close();
  }
  throw new Error(`there is no journal of ${session}`);
}

/** Gives the session at least so many entries, and forgets its runs of keys; gives how many it has then. */
export function grow(storage: string, session: string, entries: number): number {
  const database = open(storage, session);
  try {
    const parts = database.prepare("SELECT state FROM snapshot ORDER BY part").all();
    const state = JSON.parse(parts.map((part) => part.state).join("")) as State;
    database.exec("BEGIN");
    // From the snapshot on, all is new.
    database.prepare("DELETE FROM journal WHERE rev > ?").run(state.rev);
    database.exec("DELETE FROM key_runs");
    const model = database
      .prepare("SELECT * FROM journal WHERE stream = ? ORDER BY rev DESC LIMIT 1")
      .get(ROOM) as unknown as Row;
    const insert = database.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const check = database.prepare("INSERT OR REPLACE INTO checkpoints VALUES (?, ?)");
    const people = Object.keys(state.members);
    for (let rev = state.rev + 1; rev <= entries; rev += 1) {
      const seq = (state.heads[ROOM] ?? 0) + 1;
      const actor = people[rev % people.length] as string;
      const key = `grown-${rev}`;
      const [event] = JSON.parse(model.events);
      Object.assign(event, { seq, rev, at: state.at });
      Object.assign(event.message, {
        id: `m${rev}`,
        seq,
        senderId: actor,
        createdAt: state.at,
        commandId: key,
      });
      const events = JSON.stringify([event]);
      insert.run(rev, state.at, actor, key, model.fingerprint, null, ROOM, seq - 1, seq, events);
      state.heads[ROOM] = seq;
      state.rev = rev;
      if (rev % CHECKPOINT_EVERY === 0) check.run(rev, JSON.stringify(state.heads));
    }
    database.exec("DELETE FROM snapshot");
    const write = database.prepare("INSERT INTO snapshot VALUES (0, ?)");
    write.run(JSON.stringify(state));
    check.run(state.rev, JSON.stringify(state.heads));
    database.prepare("UPDATE archive SET rev = ?").run(state.rev);
    database.exec("COMMIT");
    return state.rev;
  } finally {
    database.close();
  }
}
