// Runs in front of the Worker, in tests alone: lets one statement of an object's storage fail. `POST /fail?write=N`
// lets the Nth write from now on throw, as one does for which there is no room; `of` names what the statement begins
// with, where others are not to count, and `times` how many fail from there on. `GET /fail` tells how many are still
// to come.

import Worker, { SessionObject as Session } from "./index.js";

const WRITES = /^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)/i;

let left = 0;
let times = 1;
let counted = WRITES;
let isWatching = false;

function watch(prototype) {
  if (isWatching) return;
  isWatching = true;
  const { exec } = prototype;
  prototype.exec = function failing(query, ...values) {
    if (left > 0 && counted.test(query)) {
      left -= 1;
      if (left === 0) {
        times -= 1;
        left = times > 0 ? 1 : 0;
        throw new Error("database or disk is full: SQLITE_FULL");
      }
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
    if (request.method === "POST") {
      left = Number(searchParams.get("write"));
      times = Number(searchParams.get("times") ?? 1);
      const of = searchParams.get("of");
      counted = of === null ? WRITES : new RegExp(`^\\s*${of}`, "i");
    }
    return Response.json({ left });
  }
}
