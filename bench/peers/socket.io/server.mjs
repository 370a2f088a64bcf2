// Socket.IO: rooms as its documentation has them. `recovery` turns connection state recovery on;
// `stored` is its recipe for exactly-once delivery: recovery, and every message in SQLite under the
// client's own key before it is passed on and acknowledged.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Server } from "socket.io";
import { ready } from "../ready.mjs";

const [variant] = process.argv.slice(2);
const isStored = variant === "stored";
const CONSTRAINT = 19;

/** Remembers a message and gives its number; `undefined` if it was there already. */
function openStore() {
  const folder = mkdtempSync(join(tmpdir(), "bench-socket.io-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const database = new DatabaseSync(join(folder, "chat.db"));
  // The recipe leaves SQLite as it is; this is faster, as safe, and what workerd does.
  database.exec("PRAGMA journal_mode = WAL");
  database.exec(`CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client_offset TEXT UNIQUE,
    content TEXT
  )`);
  const insert = database.prepare("INSERT INTO messages (content, client_offset) VALUES (?, ?)");
  return (content, offset) => {
    try {
      return insert.run(content, offset).lastInsertRowid;
    } catch (error) {
      if ((error.errcode & 0xff) === CONSTRAINT) return undefined;
      throw error;
    }
  };
}

const store = isStored ? openStore() : undefined;
const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  ...(variant === "recovery" || isStored ? { connectionStateRecovery: {} } : {}),
});

io.on("connection", (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on("message", (content, offset, acknowledge) => {
    if (!store) return io.to(room).emit("message", content);
    const id = store(content, offset);
    if (id !== undefined) io.to(room).emit("message", content, Number(id));
    acknowledge();
  });
});
http.listen(0, "127.0.0.1", () => ready(http.address().port));
