// What a hostile client sends costs itself alone: it is refused, then closed, and others go on as if nothing were.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import type { ClientFrame, Nack, ServerFrame } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { failedHandshake } from "./support/refused-socket.ts";
import { startService } from "./support/service.ts";
import { claims, person, signed } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

/** More frames than are accepted and refused together, with what is given back meanwhile. */
const FRAMES = 4_800;
const FRAMES_PER_MESSAGE = 64;
/** Bytes of what is more than is read. */
const LARGE = 1024 * 1024;

const forger = generateKeyPairSync("rsa", { modulusLength: 4096 });
const service = await startService({
  variables: { JWKS: JSON.stringify({ keys: [rsaKey()] }) },
});

/** A key of the longest kind that is trusted; the forger's is another of the same name. */
function rsaKey(): object {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 4096 });
  return { ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256" };
}

/** A session in which two people talk. */
async function scene() {
  const [ada, grace, mallory] = [person("Ada"), person("Grace"), person("Mallory")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  return { ada, session, host, guest, mallory };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** The two talk until `over`; each message is acknowledged and heard. */
async function talk({ host, guest }: Scene, over: Promise<unknown>): Promise<void> {
  let isOver = false;
  const flood = over.finally(() => {
    isOver = true;
  });
  let said = 0;
  do {
    const [from, to] = said % 2 === 0 ? [host, guest] : [guest, host];
    const content = `talk ${said}`;
    await from.say("main", content);
    await until(`${content} is heard`, () =>
      to.view.messages("main").some((message) => message.content === content),
    );
    said += 1;
  } while (!isOver);
  await flood;
  for (const client of [host, guest]) {
    assert.equal(client.isClosed, false);
    assert.deepEqual(client.view.faults, []);
    const talk = client.view.messages("main").filter(({ content }) => /^talk /.test(content));
    assert.equal(talk.length, said);
  }
}

const nacks = (frames: ServerFrame[]): Nack[] => frames.filter((frame) => frame.type === "nack");
const repeat = <T>(count: number, of: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => of(n));

/** Frames as many messages, each an array of as many as may be. */
const arrays = (frame: (n: number) => unknown): string[] =>
  repeat(FRAMES / FRAMES_PER_MESSAGE, (message) =>
    JSON.stringify(repeat(FRAMES_PER_MESSAGE, (n) => frame(message * FRAMES_PER_MESSAGE + n))),
  );

type Sent = string | Uint8Array<ArrayBuffer>;

interface Flood {
  messages: () => Sent[];
  /** The code of the first refusal; there is none where a frame is dropped without a word. */
  refusal?: string;
}

const command = (n: number, command: object) => ({ type: "command", id: `f-${n}`, command });
const forged = () => signed("RS256", forger.privateKey, claims("mallory"), "k");

const floods: Record<string, Flood> = {
  hello: { messages: () => arrays(() => ({ type: "hello" })), refusal: "rate_limited" },
  "hello, one by one": {
    messages: () => repeat(FRAMES, () => '{"type":"hello"}'),
    refusal: "rate_limited",
  },
  "a resume of nothing": {
    messages: () =>
      arrays(() => ({ type: "hello", resume: { epoch: "x", streams: { session: 1 } } })),
    refusal: "rate_limited",
  },
  typing: { messages: () => arrays(() => ({ type: "typing", roomId: "main" })) },
  "typing out of place": {
    messages: () => arrays(() => ({ type: "typing" })),
    refusal: "invalid",
  },
  cursors: {
    messages: () => [
      ...arrays((n) => ({ type: "cursor", received: { "room:main": n }, read: {} })),
      ...arrays(() => ({ type: "cursor", received: {}, read: {} })),
    ],
  },
  "forged tokens": {
    messages: () => {
      const token = forged();
      return repeat(FRAMES, () => JSON.stringify({ type: "auth", token }));
    },
    refusal: "unauthorized",
  },
  "refused commands": {
    messages: () => arrays((n) => command(n, { type: "create_room", name: "Room" })),
    refusal: "forbidden",
  },
  "commands that do not exist": {
    messages: () => arrays((n) => command(n, { type: "nothing" })),
    refusal: "unknown_command",
  },
  "retried commands": {
    messages: () => arrays(() => command(0, { type: "join_session" })),
    refusal: "rate_limited",
  },
  "what is no JSON": { messages: () => repeat(FRAMES, () => "hello?"), refusal: "malformed" },
  "unknown frames": { messages: () => arrays(() => ({ type: "wave" })), refusal: "unknown_frame" },
  "binary frames": {
    messages: () => repeat(FRAMES, () => new Uint8Array([1, 2, 3])),
    refusal: "malformed",
  },
  "arrays of too many": {
    messages: () => repeat(FRAMES, () => JSON.stringify(Array(65).fill(1))),
    refusal: "too_large",
  },
  "what is too large": {
    messages: () => repeat(100, () => `"${"x".repeat(LARGE)}"`),
    refusal: "too_large",
  },
};

for (const [name, { messages, refusal }] of Object.entries(floods)) {
  test(`a flood of ${name} is refused, then closed, and nobody else notices`, async () => {
    const stage = await scene();
    const { session, mallory } = stage;
    const flooder = await Client.join(service, session, mallory);
    const from = flooder.frames.items.length;
    const flood = async () => {
      for (const message of messages()) flooder.sendRaw(message);
      return flooder.closed;
    };
    const closed = flood();
    await talk(stage, closed);
    assert.deepEqual(await closed, { code: 4429, reason: "too_fast" });
    const refusals = nacks(flooder.frames.items.slice(from));
    const [first, last] = [refusals[0], refusals.at(-1)];
    assert.equal(first?.error.code, refusal ?? "rate_limited");
    assert.equal(last?.id, null);
    assert.equal(last?.error.code, "rate_limited");
    assert.ok((last?.error.retryAfterMs ?? 0) > 1_000, "and told when to come back");
    assert.ok(refusals.length <= 4_000, `${refusals.length} refusals`);
    const again = await failedHandshake(service, session, mallory);
    assert.deepEqual([again?.status, again?.code], [429, "rate_limited"]);
    assert.ok((again?.retryAfterMs ?? 0) > 0);
    for (const client of [stage.host, stage.guest]) await client.close();
  });
}

test("others are answered in turn while one sends without end", async () => {
  const { session, host, mallory } = await scene();
  const flooder = await RawSocket.open(service, session, mallory);
  flooder.send({ type: "hello" });
  await until("she is there", () => host.view.connected.has(mallory.id));
  flooder.sendRepeatedly("hello?", 4 * FRAMES);
  let answered = 0;
  while (flooder.closing === undefined) {
    await host.settle();
    answered += 1;
  }
  // As long as there is something to read of hers, nothing else would be read: they would be answered a few times.
  assert.ok(answered >= 10, `${answered} answers`);
  flooder.cut();
});

test("sixty-four hellos at once bring one welcome", async () => {
  const { session, mallory } = await scene();
  const client = await Client.open(service, session, { token: mallory.token });
  client.send(repeat(64, (): ClientFrame => ({ type: "hello" })));
  await client.frames.find(({ type }) => type === "welcome");
  await client.settle();
  const count = (type: string) => client.frames.items.filter((frame) => frame.type === type).length;
  assert.equal(count("welcome"), 1);
  assert.ok(
    nacks(client.frames.items).every(({ error }) => /^rate_limited|unknown/.test(error.code)),
  );
  assert.equal(count("nack"), 64, "63 hellos, and the one that settled");
  // Once the welcome is there, another may be asked for.
  const welcome = await client.hello({ fresh: true });
  assert.equal(welcome.resumed, false);
  await client.say("main", "still there");
});

test("of many tokens at once one is verified, and the old one stays in use", async () => {
  const { session, mallory } = await scene();
  const client = await Client.join(service, session, mallory);
  const token = forged();
  client.send(repeat(64, (): ClientFrame => ({ type: "auth", token })));
  await client.frames.find((frame) => frame.type === "nack" && frame.error.code === "unauthorized");
  await client.settle();
  const codes = nacks(client.frames.items).map(({ error }) => error.code);
  assert.equal(codes.filter((code) => code === "unauthorized").length, 1);
  assert.equal(codes.filter((code) => code === "rate_limited").length, 63);
  await client.say("main", "still there");
});

test("who types without end is said to type once in a while, to everybody else in one frame", async () => {
  const { session, host, guest, mallory } = await scene();
  const typist = await Client.join(service, session, mallory);
  for (let sent = 0; sent < 960; sent += 64) {
    typist.send(repeat(64, (): ClientFrame => ({ type: "typing", roomId: "main" })));
  }
  await typist.say("main", "done");
  await until("it is heard", () => guest.view.messages("main").length === 1);
  for (const { frames } of [host, guest]) {
    const typing = frames.items.filter(({ type }) => type === "typing");
    assert.ok(typing.length >= 1 && typing.length <= 5, `${typing.length} of 960`);
  }
});
