// Runs in front of the Worker, in tests alone: moves its clock, and lets an object's alarm ring. `POST /clock?ms=N` puts it
// forward; `POST /alarm?session=ID` rings.

import Worker, { SessionObject as Session } from "./index.js";

let ahead = 0;
const { now } = Date;
Date.now = () => now() + ahead;

export class SessionObject extends Session {
  async fetch(request) {
    if (new URL(request.url).pathname !== "/alarm") return super.fetch(request);
    await super.alarm();
    return new Response();
  }
}

export default class extends Worker {
  async fetch(request) {
    const url = new URL(request.url);
    if (url.pathname === "/clock") {
      ahead += Number(url.searchParams.get("ms"));
      return new Response();
    }
    if (url.pathname !== "/alarm") return super.fetch(request);
    const objects = this.env.SESSION;
    const stub = objects.get(objects.idFromName(url.searchParams.get("session")));
    return stub.fetch("https://session/alarm", { method: "POST" });
  }
}
