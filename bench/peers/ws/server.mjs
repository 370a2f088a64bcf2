// `ws`: a loop over the sockets of a room. Native, one process, and nothing is stored.

import { WebSocketServer } from "ws";
import { ready } from "../ready.mjs";

const rooms = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });

server.on("connection", (socket, { url }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(socket));
  socket.on("close", () => room.delete(socket));
  socket.on("message", (data) => {
    for (const member of room) member.send(data, { binary: false });
  });
});
server.on("listening", () => ready(server.address().port));
