// What the platform itself costs: a bare Durable Object that stores and answers like `object`, and
// gathers like Flagship. What comes within a few milliseconds goes out in one frame, and each answer
// rides in its sender's.

import { DurableObject } from "cloudflare:workers";

const GATHER_MS = 4;

export class Room extends DurableObject {
  constructor(context, env) {
    super(context, env);
    this.sql = context.storage.sql;
    this.sql.exec("CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, text TEXT)");
    this.members = context.getWebSockets();
    this.begin();
  }

  begin() {
    this.events = [];
    this.answers = new Map();
  }

  fetch() {
    const [client, server] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(server);
    this.members = this.ctx.getWebSockets();
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(socket, text) {
    const { id } = JSON.parse(text);
    this.sql.exec("INSERT INTO messages (text) VALUES (?)", text);
    if (this.events.length === 0) setTimeout(() => this.send(), GATHER_MS);
    this.events.push(text);
    const before = this.answers.get(socket) ?? "";
    this.answers.set(socket, `${before},${JSON.stringify({ type: "ack", id })}`);
  }

  send() {
    const { events, answers } = this;
    this.begin();
    const shared = events.join();
    const frame = `[${shared}]`;
    for (const member of this.members) {
      const own = answers.get(member);
      member.send(own ? `[${shared}${own}]` : frame);
    }
  }
}

export default {
  fetch(request, env) {
    return env.Room.getByName(new URL(request.url).pathname).fetch(request);
  },
};
