// A client that said what it received and then stops reading: it is let go before much piles up for it,
// misses nothing when it comes back, and holds nobody else up.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientFrame } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { UNCOUNTED } from "./support/options.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

/** Beyond the 1,500 that may be unacknowledged by a snapshot's interval, and still few enough to be resumed. */
const MESSAGES = 1_792;
const AT_ONCE = 64;
const STREAM = "room:main";

const service = await startService({ variables: UNCOUNTED });

test("a reader that stalls is closed, comes back for all it missed, and others lose nothing", async () => {
  const [ada, grace, keen, quiet] = ["Ada", "Grace", "Keen", "Quiet"].map((name) => person(name));
  assert.ok(ada && grace && keen && quiet);
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const [acknowledging, silent] = [
    await Client.join(service, session, keen),
    await Client.join(service, session, quiet),
  ];

  const before = await Client.join(service, session, grace);
  await host.say("main", "heard");
  await until("she heard it", () => before.view.messages("main").length === 1);
  await before.close();
  await until("she is gone", () => !host.view.connected.has(grace.id));
  const stalled = await RawSocket.open(service, session, grace);
  stalled.send({ type: "hello" });
  await until("she is back", () => host.view.connected.has(grace.id));
  stalled.send({ type: "cursor", received: { [STREAM]: 1 }, read: {} });
  await until("her cursor is known", () =>
    host.frames.items.some((frame) => frame.type === "receipts" && frame.received.length > 0),
  );
  stalled.stall();
  const readBefore = stalled.received.length;

  for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) {
    const frames = Array.from(
      { length: AT_ONCE },
      (_, n): ClientFrame => ({
        type: "command",
        id: `m-${sent + n}`,
        command: {
          type: "send_message",
          roomId: "main",
          content: `${sent + n} ${"x".repeat(1_000)}`,
        },
      }),
    );
    host.send(frames);
    const position = 1 + sent + AT_ONCE;
    await until(`others have ${position}`, () =>
      [host, acknowledging, silent].every(({ view }) => view.positions[STREAM] === position),
    );
    acknowledging.send({ type: "cursor", received: { [STREAM]: position }, read: {} });
    await acknowledging.settle();
  }
  await until("she is let go", () => !host.view.connected.has(grace.id));
  assert.equal(stalled.received.length, readBefore, "nothing was read meanwhile");
  stalled.readOn();
  const closing = await until("the close has come", () => stalled.closing);
  assert.deepEqual(closing, { code: 4408, reason: "too_slow" });
  stalled.cut();

  const { client: back, welcome } = await before.reconnect();
  assert.equal(welcome.resumed, true);
  await until("she has all", () => back.view.positions[STREAM] === 1 + MESSAGES);
  const everything = host.view.messages("main");
  assert.equal(everything.length, 1 + MESSAGES);
  for (const client of [acknowledging, silent, back]) {
    assert.ok(!client.isClosed);
    assert.deepEqual(client.view.faults, []);
    assert.deepEqual(client.view.messages("main"), everything);
  }
});
