// Proof that something changed nothing.

import assert from "node:assert/strict";
import type { Ack, MessagesPage, Snapshot } from "../../../client/core/src/generated/protocol.ts";
import { Api } from "./api.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";

/** All that a host can see of a session, and how far its journal has got. */
async function look(api: Api, session: string) {
  const path = `sessions/${session}`;
  const snapshot = await api.read<Snapshot>(path);
  const rooms = ["main", ...snapshot.rooms.map((room) => room.id)];
  const pages = rooms.map((room) => api.read<MessagesPage>(`${path}/messages?room=${room}`));
  const messages = await Promise.all(pages);
  // Asking for what is so already takes one place in the journal, and nothing else.
  const command = { type: "join_room", roomId: "main" };
  const ack = (await api.post<Ack>(`${path}/commands`, { command })).body;
  return { seen: { snapshot, messages }, rev: ack.rev };
}

/** Runs `action`, after which the session must be as it was, down to the journal. */
export async function assertUnchanged(
  service: Running,
  session: string,
  host: Person,
  action: () => Promise<unknown>,
): Promise<void> {
  const api = new Api(service, host);
  const before = await look(api, session);
  await action();
  const after = await look(api, session);
  assert.deepEqual(after.seen, before.seen);
  assert.equal(after.rev, before.rev + 1, "nothing was written to the journal");
}
