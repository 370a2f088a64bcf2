// The floods: what a hostile client sends, over a socket or as requests, again and again.

import { generateKeyPairSync } from "node:crypto";
import { claims, signed } from "../../tests/e2e/support/tokens.ts";

const repeat = <T>(count: number, of: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => of(n));
const array = (frame: object): string => JSON.stringify(repeat(64, () => frame));

export interface SocketFlood {
  by: "socket";
  message: string | Uint8Array<ArrayBuffer>;
  /** Whether what comes is left unread. */
  isUnread?: boolean;
  /** Whether there is no hello before it. */
  isSilent?: boolean;
}

export interface RequestFlood {
  by: "request";
  method: "GET" | "POST";
  path: string;
  body?: object;
  /** As whom: a moderator, or somebody who was banned. */
  as: "moderator" | "banned";
}

export type Flood = SocketFlood | RequestFlood;

const socket = (message: SocketFlood["message"], more: object = {}): SocketFlood => ({
  by: "socket",
  message,
  ...more,
});

/** A token that nobody will take, signed with a key of the longest kind. */
function forged(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 4096 });
  return signed("RS256", privateKey, claims("mallory"), "k");
}

/** The floods by name. `{session}` in a path stands for the session. */
export const floods = (): Record<string, Flood> => ({
  hello: socket(array({ type: "hello" })),
  "hello, unread": socket(array({ type: "hello" }), { isUnread: true }),
  "forged tokens": socket(JSON.stringify({ type: "auth", token: forged() })),
  typing: socket(array({ type: "typing", roomId: "main" })),
  cursors: socket(array({ type: "cursor", received: { "room:main": 1 }, read: {} })),
  "unreadable frames": socket("hello?"),
  "binary frames": socket(new Uint8Array([1, 2, 3])),
  "too large": socket(`"${"x".repeat(1024 * 1024)}"`),
  "refused commands": socket(
    array({ type: "command", id: "x", command: { type: "create_room", name: "Room" } }),
  ),
  "sockets without hello": socket(array({ type: "typing", roomId: "main" }), { isSilent: true }),
  "dry runs, banned": {
    by: "request",
    method: "POST",
    path: "debug-breakout/{session}/test-breakout-creation",
    body: { name: "Trial" },
    as: "banned",
  },
  searches: {
    by: "request",
    method: "GET",
    path: "sessions/{session}/search?q=word",
    as: "moderator",
  },
  debriefs: { by: "request", method: "GET", path: "sessions/{session}/debrief", as: "moderator" },
});
