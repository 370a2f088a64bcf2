// Runs in front of the Worker, in tests alone: hands the body of `POST /api/object?session=ID` to a session's object as it
// comes, as no route does.

import Worker, { SessionObject } from "./index.js";

export { SessionObject };

export default class extends Worker {
  async fetch(request) {
    const url = new URL(request.url);
    if (url.pathname !== "/api/object") return super.fetch(request);
    const objects = this.env.SESSION;
    const stub = objects.get(objects.idFromName(url.searchParams.get("session")));
    try {
      return await stub.fetch("https://session/", { method: "POST", body: request.body });
    } catch (error) {
      return Response.json({ code: String(error) }, { status: 500 });
    }
  }
}
