import assert from "node:assert/strict";
import type { Ack, Command, CommandResult } from "../../../client/core/src/generated/protocol.ts";
import type { Person } from "./person.ts";
import type { Server } from "./server.ts";

/** Does something over HTTP and gives the body of the answer. `key`: the idempotency key. */
export async function post<T>(
  server: Server,
  path: string,
  body: object,
  token = "",
  key: string = crypto.randomUUID(),
): Promise<T> {
  const headers = {
    "Content-Type": "application/json",
    "Idempotency-Key": key,
    ...(token && { Authorization: `Bearer ${token}` }),
  };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(server.url + path, init);
  assert.ok(answer.ok, `${path}: ${answer.status} ${answer.ok || (await answer.text())}`);
  return (await answer.json()) as T;
}

/** Gives commands in the name of somebody who is in a session, whether or not their page stays open. */
export async function commandsOf(
  server: Server,
  { page }: Person,
): Promise<(command: Command) => Promise<CommandResult>> {
  const id = page.url().split("/").at(-1);
  const token = await page.evaluate<string>(
    `JSON.parse(sessionStorage.getItem("flagship.identity")).token`,
  );
  return async (command) => {
    const key = crypto.randomUUID();
    const path = `/api/sessions/${id}/commands`;
    return (await post<Ack>(server, path, { id: key, command }, token, key)).result;
  };
}
