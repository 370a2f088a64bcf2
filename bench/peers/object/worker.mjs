// A bare Durable Object: one a room, a loop over its sockets, with hibernation. With `STORED`, one
// SQLite row a message, and an answer to the sender, which the platform holds until the row is safe.

import { DurableObject } from "cloudflare:workers";

export class Room extends DurableObject {
  constructor(context, env) {
    super(context, env);
    this.sql = context.storage.sql;
    if (env.STORED) {
      this.sql.exec("CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, text TEXT)");
    }
  }

  fetch() {
    const [client, server] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(socket, text) {
    if (this.env.STORED) {
      const { id } = JSON.parse(text);
      this.sql.exec("INSERT INTO messages (text) VALUES (?)", text);
      socket.send(JSON.stringify({ type: "ack", id }));
    }
    for (const member of this.ctx.getWebSockets()) member.send(text);
  }
}

export default {
  fetch(request, env) {
    return env.Room.getByName(new URL(request.url).pathname).fetch(request);
  },
};
