// A handshake that must be refused, in the way that a page can read: a frame, then a close code.

import assert from "node:assert/strict";
import type { ErrorBody, Problem } from "../../../client/core/src/generated/protocol.ts";
import { Client, type Opening } from "./client.ts";
import { beginHandshake } from "./handshake.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";

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

/** A handshake that fails, as one does that comes too soon; gives what stands in the answer, or nothing if it did not fail. */
export function failedHandshake(
  service: Running,
  session: string,
  who: Person,
): Promise<Problem | undefined> {
  const handshake = beginHandshake(service, session, who);
  return new Promise((resolve, reject) => {
    handshake.on("upgrade", (_response, stream) => {
      stream.destroy();
      resolve(undefined);
    });
    handshake.on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve(JSON.parse(text) as Problem);
    });
    handshake.on("error", reject);
    handshake.end();
  });
}
