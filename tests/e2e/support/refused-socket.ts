// A handshake that must be refused, in the way that a page can read: a frame, then a close code.

import assert from "node:assert/strict";
import type { ErrorBody } from "../../../client/core/src/generated/protocol.ts";
import { Client, type Opening } from "./client.ts";
import type { Running } from "./service.ts";

/** Opens a socket, which must be closed at once with `code`; gives the error that came before. */
export async function refusedSocket(
  service: Running,
  session: string,
  opening: Opening,
  code: number,
): Promise<ErrorBody> {
  const client = await Client.open(service, session, opening);
  const frame = await client.frames.find((frame) => frame.type === "nack");
  assert.ok(frame.type === "nack");
  assert.equal(frame.id, null);
  assert.equal((await client.closed).code, code);
  return frame.error;
}
