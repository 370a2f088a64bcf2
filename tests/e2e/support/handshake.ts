// The request that opens a socket, for clients that read the answer by hand.

import { randomBytes } from "node:crypto";
import { type ClientRequest, request } from "node:http";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";

/** Begins a WebSocket handshake with a token. The caller listens to its events and ends it. */
export function beginHandshake(
  service: Pick<Running, "base">,
  session: string,
  who: Pick<Person, "token">,
): ClientRequest {
  return request(new URL(`/api/sessions/${session}/socket`, service.base), {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
      authorization: `Bearer ${who.token}`,
    },
  });
}
