// Runs in front of the Worker and counts the rows that the platform would bill: those that cursors
// and D1 report as written, and one for each alarm that is set. `GET /bench/rows` tells them.
// Only for counting: it keeps every cursor.

import Worker, { SessionObject as Session } from "./index.js";

const cursors = [];
const counts = { alarms: 0, database: 0 };

/** Has `after` look at every result of a method. */
function watch(prototype, method, after) {
  const original = prototype[method];
  prototype[method] = function watched(...args) {
    return after(original.apply(this, args));
  };
}

async function countResults(promise) {
  const results = await promise;
  for (const { meta } of [results].flat()) counts.database += meta.rows_written;
  return results;
}

let isWatching = false;

function watchAll({ storage }, { DB }) {
  if (isWatching) return;
  isWatching = true;
  watch(Object.getPrototypeOf(storage.sql), "exec", (cursor) => {
    cursors.push(cursor);
    return cursor;
  });
  watch(Object.getPrototypeOf(storage), "setAlarm", (promise) => {
    counts.alarms += 1;
    return promise;
  });
  watch(Object.getPrototypeOf(DB), "batch", countResults);
  const statement = Object.getPrototypeOf(DB.prepare("SELECT 1"));
  for (const method of ["all", "run"]) watch(statement, method, countResults);
}

export class SessionObject extends Session {
  constructor(state, env) {
    watchAll(state, env);
    super(state, env);
  }
}

export default class extends Worker {
  fetch(request) {
    if (new URL(request.url).pathname !== "/bench/rows") return super.fetch(request);
    const object = cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, 0);
    return Response.json({ object, ...counts });
  }
}
