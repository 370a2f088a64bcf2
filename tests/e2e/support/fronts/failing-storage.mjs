// Runs in front of the Worker, in tests alone: lets one write of an object's storage fail. `POST /fail?write=N` lets
// the Nth from now on throw, as one does for which there is no room; `GET /fail` tells how many are still to come.

import Worker, { SessionObject as Session } from "./index.js";

let left = 0;
let isWatching = false;

function watch(prototype) {
  if (isWatching) return;
  isWatching = true;
  const { exec } = prototype;
  prototype.exec = function failing(query, ...values) {
    if (left > 0 && /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i.test(query)) {
      left -= 1;
      if (left === 0) throw new Error("database or disk is full: SQLITE_FULL");
    }
    return exec.call(this, query, ...values);
  };
}

export class SessionObject extends Session {
  constructor(state, env) {
    watch(Object.getPrototypeOf(state.storage.sql));
    super(state, env);
  }
}

export default class extends Worker {
  fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/fail") return super.fetch(request);
    if (request.method === "POST") left = Number(searchParams.get("write"));
    return Response.json({ left });
  }
}
