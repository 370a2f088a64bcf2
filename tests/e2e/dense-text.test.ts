// Texts whose characters stand for many others: what is done with them is bounded by what it costs. Counted in
// messages to a page, and not in time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, type SearchPage } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { UNCOUNTED } from "./support/options.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

/** One character that stands for eighteen. */
const DENSE = "\uFDFA";

const MESSAGES = 100;
const AT_ONCE = 10;

/** Most of them that one search gets through: what it may cost, over what one of them may cost. */
const TO_A_PAGE = 40;

// Nothing is read from the archive.
const service = await startService({
  variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "3600000" },
});

test("a search among dense messages ends its page early, goes on, and finds what is behind them", async () => {
  const ada = person("Ada");
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const needle = await host.say("main", "a needle");
  for (let from = 0; from < MESSAGES; from += AT_ONCE) {
    const ids = Array.from({ length: AT_ONCE }, (_, n) => `m-${from + n}`);
    const settled = ids.map((id) => host.settled(id));
    host.send(
      ids.map((id) => ({
        type: "command",
        id,
        command: {
          type: "send_message",
          roomId: "main",
          content: DENSE.repeat(LIMITS.messageChars),
        },
      })),
    );
    for (const answer of await Promise.all(settled)) assert.equal(answer.type, "ack");
  }
  const found: string[] = [];
  const ends: number[] = [];
  let query = "q=needle";
  for (;;) {
    const page = await api.read<SearchPage>(`sessions/${session}/search?${query}`);
    found.push(...page.messages.map(({ content }) => content));
    if (page.before === null) break;
    ends.push(page.before);
    query = `q=needle&before=${page.before}`;
  }
  assert.deepEqual(found, ["a needle"]);
  const newest = needle.rev + MESSAGES + 1;
  const sizes = ends.map((end, page) => (ends[page - 1] ?? newest) - end);
  assert.ok(ends.length >= MESSAGES / TO_A_PAGE, `pages of ${sizes}`);
  assert.ok(Math.max(...sizes) <= TO_A_PAGE, `pages of ${sizes}`);
});

test("words that stand for too many letters are not looked for", async () => {
  const api = new Api(service, person("Ada"));
  const session = (await api.createSession()).id;
  const q = encodeURIComponent(DENSE.repeat(LIMITS.searchChars));
  const refused = await api.get(`sessions/${session}/search?q=${q}`);
  assertProblem(refused, { code: "invalid", status: 422, field: "q" });
});
