// Socket.IO under faults: on a port of the caller's choice, which may have been its own before.
// `recovery` turns connection state recovery on; `stored` is its documentation's recipe for
// exactly-once delivery, with a column for the room: every message in SQLite, under the client's
// own key, before it is passed on and acknowledged; whoever was not recovered gets what follows
// the last message they had. https://socket.io/docs/v4/tutorial/handling-disconnections

import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { Server } from "socket.io";
import { ready } from "../ready.mjs";

const [variant, port, file, start] = process.argv.slice(2);
const CONSTRAINT = 19;
const MAIN = "main";

const database = new DatabaseSync(file);
database.exec("PRAGMA journal_mode = WAL");
database.exec(`CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_offset TEXT UNIQUE,
  room TEXT,
  content TEXT
)`);
const insert = database.prepare(
  "INSERT INTO messages (content, client_offset, room) VALUES (?, ?, ?)",
);
const since = database.prepare(
  "SELECT id, room, content FROM messages WHERE id > ? AND room IN (?, ?) ORDER BY id",
);

/** A number for each message, in order, also over restarts; `undefined` for a key that was there. */
let count = Number(start) * 1e9;
function number(content, offset, room) {
  if (variant !== "stored") return ++count;
  try {
    return Number(insert.run(content, offset, room).lastInsertRowid);
  } catch (error) {
    if ((error.errcode & 0xff) === CONSTRAINT) return undefined;
    throw error;
  }
}

const http = createServer();
const io = new Server(http, { connectionStateRecovery: {} });
io.on("connection", (socket) => {
  const { room, serverOffset } = socket.handshake.auth;
  socket.join([room, MAIN]);
  socket.on("message", (content, offset, to, acknowledge) => {
    const id = number(content, offset, to);
    if (id !== undefined) io.to(to).emit("message", content, to, id);
    acknowledge();
  });
  if (variant === "stored" && !socket.recovered) {
    for (const row of since.all(serverOffset, room, MAIN)) {
      socket.emit("message", row.content, row.room, row.id);
    }
  }
});
http.listen(Number(port), "127.0.0.1", () => ready(http.address().port));
