// What is wrong about a frame is said, changes nothing, and the socket stays open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, type Refusal } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";
import { assertForPeople } from "./support/words.ts";

const service = await startService();
const [ada, grace, alan] = [person("Ada"), person("Grace"), person("Alan")];
const session = (await new Api(service, ada).createSession()).id;
const guest = await Client.join(service, session, grace);

const long = "x".repeat(10_000);

/** What each refusal said. */
const said = new Map<string, string>();

/** What is refused before it is a command. The nack names the command if that could be read. */
const frames: Record<
  string,
  { text: string | Uint8Array<ArrayBuffer>; refusal: Refusal; id?: string }
> = {
  "no JSON": { text: "hello?", refusal: { code: "malformed" } },
  "half a frame": { text: '{"type":"command","id":"x"', refusal: { code: "malformed" } },
  "more than one frame": { text: '{"type":"hello"} {}', refusal: { code: "malformed" } },
  "a number": { text: "42", refusal: { code: "invalid" } },
  "an empty object": { text: "{}", refusal: { code: "invalid", field: "type" } },
  "an unknown frame": {
    text: '{"type":"wave"}',
    refusal: { code: "unknown_frame", field: "type" },
  },
  "a binary frame": { text: new Uint8Array([1, 2, 3]), refusal: { code: "malformed" } },
  "a command without an id": {
    text: '{"type":"command","command":{"type":"leave_room"}}',
    refusal: { code: "invalid", field: "id" },
  },
  "a command id that is too long": {
    text: JSON.stringify({ type: "command", id: long, command: { type: "leave_room" } }),
    refusal: { code: "invalid", field: "id" },
  },
  "a command that is no object": {
    text: '{"type":"command","id":"x","command":"leave_room"}',
    refusal: { code: "invalid", field: "command" },
    id: "x",
  },
  "a resume that is no object": {
    text: '{"type":"hello","resume":7}',
    refusal: { code: "invalid", field: "resume" },
  },
  "a resume before the beginning": {
    text: '{"type":"hello","resume":{"epoch":"x","streams":{"session":-1}}}',
    refusal: { code: "invalid", field: "resume.streams.session" },
  },
  "a position in no stream": {
    text: '{"type":"cursor","received":{"lobby":1}}',
    refusal: { code: "invalid", field: "received.lobby" },
  },
  "too many frames at once": {
    text: JSON.stringify(Array(65).fill({ type: "typing", roomId: "main" })),
    refusal: { code: "too_large" },
  },
  "a frame of 1 MB": {
    text: JSON.stringify({
      type: "command",
      id: "x",
      command: { type: "send_message", roomId: "main", content: "x".repeat(1024 * 1024) },
    }),
    refusal: { code: "too_large" },
  },
};

for (const [name, { text, refusal, id = null }] of Object.entries(frames)) {
  test(`a socket survives ${name}`, () =>
    assertUnchanged(service, session, ada, async () => {
      const from = guest.frames.items.length;
      guest.sendRaw(text);
      const frame = await guest.frames.find((frame) => frame.type === "nack", { from });
      assert.equal(frame.type, "nack");
      if (frame.type !== "nack") return;
      assert.equal(frame.id, id, JSON.stringify(frame));
      said.set(name, frame.error.message);
      assert.equal(frame.error.code, refusal.code, JSON.stringify(frame));
      assert.equal(frame.error.field, refusal.field, JSON.stringify(frame));
      await guest.settle();
      assert.equal(guest.isClosed, false);
    }));
}

test("refusals are in words for people, not of the code", () => assertForPeople(said));

test("one bad frame in an array spoils none of the others", async () => {
  const good = [guest.settled("good-1"), guest.settled("good-2")];
  const bad = guest.settled("bad-1");
  const frame = (id: string, content: unknown) => ({
    type: "command",
    id,
    command: { type: "send_message", roomId: "main", content },
  });
  guest.sendRaw(JSON.stringify([frame("good-1", "a"), frame("bad-1", 7), frame("good-2", "b")]));
  assert.deepEqual(
    (await Promise.all(good)).map((answer) => answer.type),
    ["ack", "ack"],
  );
  assert.equal((await bad).type, "nack");
});

test("before hello, nothing but hello", () =>
  assertUnchanged(service, session, ada, async () => {
    const early = await Client.open(service, session, { token: alan.token });
    for (const frame of [
      { type: "command", id: "early", command: { type: "join_session" } },
      { type: "typing", roomId: "main" },
      { type: "cursor", received: {}, read: {} },
    ] as const) {
      const from = early.frames.items.length;
      early.send(frame);
      const nack = await early.frames.find((seen) => seen.type === "nack", { from });
      assert.equal(nack.type === "nack" && nack.error.code, "hello_required");
      assert.equal(nack.type === "nack" && nack.id, frame.type === "command" ? "early" : null);
    }
    await early.close();
  }));
