// A command that cannot be is refused with its own code and the field at fault, and changes
// nothing. Both ways in judge alike.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack, ServerFrame } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem, type Refusal } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { UNCOUNTED } from "./support/options.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";
import { assertForPeople } from "./support/words.ts";

// What each of them changes is looked for by the same host, more often than the host may ask.
const service = await startService({ variables: UNCOUNTED });
const [ada, grace] = [person("Ada"), person("Grace")];
const session = (await new Api(service, ada).createSession()).id;
const path = `sessions/${session}`;
const host = await Client.join(service, session, ada);
const guest = await Client.join(service, session, grace);
const room = (await host.command({ type: "create_room", name: "Room" })).result.room?.id as string;
await host.say(room, "only for those in the room");

const long = "x".repeat(10_000);

/** What each refusal said. */
const said = new Map<string, string>();

/** Commands that are refused however they come. Of a participant who is in main, unless said. */
const commands: Record<string, { command: unknown; refusal: Refusal; by?: "host" }> = {
  "an unknown command": {
    command: { type: "dance" },
    refusal: { code: "unknown_command", status: 400, field: "command.type" },
  },
  "a command without a type": {
    command: { roomId: "main", content: "hi" },
    refusal: { code: "invalid", status: 422, field: "command.type" },
  },
  "a type that is no text": {
    command: { type: 7 },
    refusal: { code: "invalid", status: 422, field: "command.type" },
  },
  "a missing field": {
    command: { type: "send_message", roomId: "main" },
    refusal: { code: "invalid", status: 422, field: "command.content" },
  },
  "a field of the wrong type": {
    command: { type: "send_message", roomId: "main", content: { text: "hi" } },
    refusal: { code: "invalid", status: 422, field: "command.content" },
  },
  "an empty message": {
    command: { type: "send_message", roomId: "main", content: "" },
    refusal: { code: "invalid", status: 422, field: "command.content" },
  },
  "a blank message": {
    command: { type: "send_message", roomId: "main", content: " \n\t " },
    refusal: { code: "invalid", status: 422, field: "command.content" },
  },
  "a message of 10,000 characters": {
    command: { type: "send_message", roomId: "main", content: long },
    refusal: { code: "invalid", status: 422, field: "command.content" },
  },
  "a message with control characters": {
    command: { type: "send_message", roomId: "main", content: "a\u0000b" },
    refusal: { code: "invalid", status: 422, field: "command.content" },
  },
  "a room with an empty name": {
    command: { type: "create_room", name: "" },
    refusal: { code: "invalid", status: 422, field: "command.name" },
    by: "host",
  },
  "a room with a blank name": {
    command: { type: "create_room", name: "   " },
    refusal: { code: "invalid", status: 422, field: "command.name" },
    by: "host",
  },
  "a room with a name of 10,000 characters": {
    command: { type: "create_room", name: long },
    refusal: { code: "invalid", status: 422, field: "command.name" },
    by: "host",
  },
  "a room with a name of two lines": {
    command: { type: "create_room", name: "a\nb" },
    refusal: { code: "invalid", status: 422, field: "command.name" },
    by: "host",
  },
  "a room with a name with a control character": {
    command: { type: "create_room", name: "a\u0007b" },
    refusal: { code: "invalid", status: 422, field: "command.name" },
    by: "host",
  },
  "a room with a capacity below one": {
    command: { type: "create_room", name: "Room", capacity: 0 },
    refusal: { code: "invalid", status: 422, field: "command.capacity" },
    by: "host",
  },
  "a room with a capacity that is no whole number": {
    command: { type: "create_room", name: "Room", capacity: 1.5 },
    refusal: { code: "invalid", status: 422, field: "command.capacity" },
    by: "host",
  },
  "a room with a capacity beyond all": {
    command: { type: "create_room", name: "Room", capacity: 10_000_000_000 },
    refusal: { code: "invalid", status: 422, field: "command.capacity" },
    by: "host",
  },
  "a room id that cannot be": {
    command: { type: "join_room", roomId: "../main" },
    refusal: { code: "invalid", status: 422, field: "command.roomId" },
  },
  "joining a room that is not": {
    command: { type: "join_room", roomId: "r999" },
    refusal: { code: "room_not_found", status: 404 },
  },
  "speaking in a room that is not": {
    command: { type: "send_message", roomId: "r999", content: "hi" },
    refusal: { code: "room_not_found", status: 404 },
  },
  "speaking in somebody else's room": {
    command: { type: "send_message", roomId: room, content: "hi" },
    refusal: { code: "not_in_room", status: 403 },
  },
  "leaving a room that one is not in": {
    command: { type: "leave_room", roomId: room },
    refusal: { code: "not_in_room", status: 403 },
  },
  "moving somebody who is not there": {
    command: { type: "move_participant", participantId: "nobody", roomId: room },
    refusal: { code: "participant_not_found", status: 404 },
    by: "host",
  },
  "closing main": {
    command: { type: "close_room", roomId: "main" },
    refusal: { code: "forbidden", status: 403 },
    by: "host",
  },
  "a role that is not": {
    command: { type: "set_role", participantId: grace.id, role: "queen" },
    refusal: { code: "invalid", status: 422, field: "command.role" },
    by: "host",
  },
  "taking the last host's role": {
    command: { type: "set_role", participantId: ada.id, role: "participant" },
    refusal: { code: "last_host", status: 409 },
    by: "host",
  },
};

for (const [name, { command, refusal, by }] of Object.entries(commands)) {
  test(`${name} is refused over both ways`, () =>
    assertUnchanged(service, session, ada, async () => {
      const client = by === "host" ? host : guest;
      const id = `bad ${name}`.replaceAll(/[^a-z]/g, "-");
      const settled = client.settled(id);
      client.sendRaw(JSON.stringify({ type: "command", id, command }));
      const nack = await settled;
      assert.equal(nack.type, "nack", JSON.stringify(nack));
      const { error } = nack as Extract<ServerFrame, { type: "nack" }>;
      assert.equal(error.code, refusal.code, JSON.stringify(error));
      assert.equal(error.field, refusal.field, JSON.stringify(error));
      assert.equal(error.retryable, false);
      said.set(name, error.message);
      assert.equal(error.retryAfterMs, null);

      const api = new Api(service, by === "host" ? ada : grace);
      const answer = await api.post(`${path}/commands`, { command }, { key: `http-${id}` });
      const problem = assertProblem(answer, refusal);
      assert.equal(problem.message, error.message, "the same words");
    }));
}

test("refusals are in words for people, not of the code", () => assertForPeople(said));

test("a key that is used again for something else is refused, over both ways", async () => {
  const first = await guest.say("main", "this", "used-once");
  await assertUnchanged(service, session, ada, async () => {
    const other = { type: "send_message", roomId: "main", content: "that" } as const;
    assert.equal((await guest.refused(other, "used-once")).code, "idempotency_mismatch");
    const leave = await guest.refused({ type: "leave_room" }, "used-once");
    assert.equal(leave.code, "idempotency_mismatch");
    const api = new Api(service, grace);
    const body = { roomId: "main", content: "that" };
    const answer = await api.post(`${path}/messages`, body, { key: "used-once" });
    assertProblem(answer, { code: "idempotency_mismatch", status: 422 });
    const right = await api.post<Ack>(
      `${path}/commands`,
      { command: { ...other, content: "this" } },
      { key: "used-once" },
    );
    assert.equal(right.body.rev, first.rev);
  });
  const elsewhere = await host.say("main", "that", "used-once");
  assert.equal(elsewhere.duplicate, false, "keys belong to who uses them");
});
