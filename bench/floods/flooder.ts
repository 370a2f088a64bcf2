// A hostile client, in a thread of its own, so that what it does is not in the way of measuring others. It sends many
// times more than is accepted, or as fast as the line takes it, connects again at once when it is closed, and goes on
// until it is ended.

import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Api } from "../../tests/e2e/support/api.ts";
import type { Running } from "../../tests/e2e/support/service.ts";
import type { Person } from "../../tests/e2e/support/tokens.ts";
import type { Flood, RequestFlood, SocketFlood } from "./kinds.ts";
import { HostileSocket } from "./socket.ts";

/** Bytes that may wait on this side before it waits too. */
const BUFFERED = 4 * 1024 * 1024;
/** Messages in each millisecond: more would be this thread's own work, and that of the one that measures. */
const MESSAGES_PER_MS = 20;
const REQUESTS_AT_ONCE = 8;
const SOCKETS_AT_ONCE = 10;

const { base, session, who, flood } = workerData as {
  base: string;
  session: string;
  who: Person;
  flood: Flood;
};
const service = { base: new URL(base) } as Running;
let sent = 0;
let isEnded = false;
parentPort?.on("message", () => {
  isEnded = true;
  parentPort?.postMessage(sent);
  parentPort?.close();
});

async function overSocket({ message, isUnread, isSilent }: SocketFlood): Promise<void> {
  while (!isEnded) {
    const socket = await HostileSocket.open(service, session, who).catch(() => undefined);
    if (!socket) {
      await pause(1);
      continue;
    }
    if (!isSilent) socket.send('{"type":"hello"}');
    if (isUnread) socket.stall();
    while (!isEnded && !socket.isEnded) {
      for (let n = 0; n < MESSAGES_PER_MS; n += 1) {
        if (socket.buffered >= BUFFERED || (isSilent && socket.sent > 0)) break;
        socket.send(message);
        sent += 1;
      }
      await pause(1);
      // What is left unread is never known to be closed: another one is opened beside it.
      if (isUnread && socket.isStuck) break;
    }
    if (!isUnread) socket.cut();
  }
}

async function byRequests({ method, path, body }: RequestFlood): Promise<void> {
  const api = new Api(service, who);
  while (!isEnded) {
    await api.request(method, path.replace("{session}", session), { body }).catch(() => undefined);
    sent += 1;
  }
}

const beside =
  flood.by === "request" ? REQUESTS_AT_ONCE : "isSilent" in flood ? SOCKETS_AT_ONCE : 1;
await Promise.all(
  Array.from({ length: beside }, () =>
    flood.by === "socket" ? overSocket(flood) : byRequests(flood),
  ),
);
process.exit(0);
