// What a conversation must look like to everyone, whichever way it is read.

import assert from "node:assert/strict";
import type { Message, MessagesPage } from "../../../client/core/src/generated/protocol.ts";
import type { Api } from "./api.ts";
import type { Database } from "./database.ts";
import { until } from "./wait.ts";

/** Checks that a room's messages are whole, from the first on, and each key is there once. */
export function assertWhole(messages: Message[], keys: Iterable<string>, what: string): void {
  const seqs = messages.map((message) => message.seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => index + 1),
    `${what}: positions`,
  );
  const said = messages.map((message) => message.commandId);
  assert.deepEqual([...said].sort(), [...keys].sort(), `${what}: each message once`);
}

/** Reads a room's messages from the newest page back to the first. */
export async function readHistory(
  api: Api,
  session: string,
  room: string,
  limit: number,
): Promise<Message[]> {
  const pages: Message[][] = [];
  let before: number | null = null;
  do {
    const query = new URLSearchParams({ room, limit: String(limit) });
    if (before !== null) query.set("before", String(before));
    const page: MessagesPage = await api.read(`sessions/${session}/messages?${query}`);
    assert.ok(page.messages.length <= limit, "a page within its limit");
    pages.unshift(page.messages);
    before = page.before;
  } while (before !== null);
  return pages.flat();
}

/** Waits until the archive holds these messages, and checks that it holds each once, as it was. */
export async function assertArchived(
  database: Database,
  session: string,
  messages: Message[],
): Promise<void> {
  await until(
    `${messages.length} messages of ${session} are archived`,
    async () => (await database.count(session)) >= messages.length,
  );
  const columns = (message: Message) => ({
    room_id: message.roomId,
    seq: message.seq,
    id: message.id,
    sender_id: message.senderId,
    content: message.content,
    idempotency_key: message.commandId,
  });
  const byPlace = <T extends { room_id: string; seq: number }>(rows: T[]) =>
    rows.sort((one, other) => one.room_id.localeCompare(other.room_id) || one.seq - other.seq);
  const rows = (await database.messages(session)).map(
    ({ room_id, seq, id, sender_id, content, idempotency_key }) => ({
      room_id,
      seq,
      id,
      sender_id,
      content,
      idempotency_key,
    }),
  );
  assert.deepEqual(byPlace(rows), byPlace(messages.map(columns)));
  const keys = rows.map((row) => `${row.sender_id} ${row.idempotency_key}`);
  assert.equal(new Set(keys).size, keys.length, "no key is archived twice");
}
