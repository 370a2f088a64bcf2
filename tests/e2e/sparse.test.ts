// A few words in one stream among thousands in another: whatever reads them finds all of them, wherever
// in the journal they are, across its checkpoints.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { DirectMessage, Message } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { UNCOUNTED } from "./support/options.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const ROUNDS = 6;
/** More than from one checkpoint to the next; all of them together within what a resume brings. */
const BETWEEN = 300;
const AT_ONCE = 60;

// Nothing is read from the archive.
const service = await startService({
  variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "3600000" },
});

test("what was said seldom is found among all that was said often", async () => {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const { room } = (await host.command({ type: "create_room", name: "Quiet" })).result;
  const roomId = room?.id ?? "";
  await host.command({ type: "join_room", roomId });
  await guest.command({ type: "join_room", roomId });
  await guest.settle();
  await guest.close();
  const wanted: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let from = 0; from < BETWEEN; from += AT_ONCE) {
      const ids = Array.from({ length: AT_ONCE }, (_, n) => `m-${round}-${from + n}`);
      const settled = ids.map((id) => host.settled(id));
      host.send(
        ids.map((id) => ({
          type: "command",
          id,
          command: { type: "send_message", roomId: "main", content: id },
        })),
      );
      for (const answer of await Promise.all(settled)) assert.equal(answer.type, "ack");
    }
    wanted.push(`seldom ${round}`);
    await host.say(roomId, `seldom ${round}`);
    await host.command({
      type: "send_direct_message",
      participantId: grace.id,
      content: `seldom ${round}`,
    });
  }

  // Pages of the room and of what was said directly, from both ends, three at a time.
  const paged = async (path: string, side: "before" | "after", begin: string) => {
    const found: string[] = [];
    let query = begin;
    for (;;) {
      type Page = Record<"before" | "after", number | null> & {
        messages: (Message | DirectMessage)[];
      };
      const page = await api.read<Page>(`sessions/${session}/${path}&limit=3${query}`);
      const said = page.messages.map(({ content }) => content);
      if (side === "before") found.unshift(...said);
      else found.push(...said);
      if (page[side] === null) return found;
      query = `&${side}=${page[side]}`;
    }
  };
  assert.deepEqual(await paged(`messages?room=${roomId}`, "before", ""), wanted);
  assert.deepEqual(await paged(`messages?room=${roomId}`, "after", "&after=0"), wanted);
  const directly = `direct-messages?with=${grace.id}`;
  assert.deepEqual(await paged(directly, "before", ""), wanted);
  assert.deepEqual(await paged(directly, "after", "&after=0"), wanted);
  assert.deepEqual(await paged("direct-messages?with=nobody", "before", ""), []);

  // A resume over all of it, and a fresh start.
  const { client, welcome } = await guest.reconnect();
  assert.equal(welcome.resumed, true);
  const contents = (room: string) => client.view.messages(room).map(({ content }) => content);
  await until(
    "all is there",
    async () => contents(roomId).length === ROUNDS && contents("main").length === ROUNDS * BETWEEN,
  );
  assert.deepEqual(contents(roomId), wanted);
  assert.deepEqual(client.view.faults, []);
  await service.evict(session);
  const fresh = await Client.join(service, session, grace);
  assert.deepEqual(
    fresh.view.messages(roomId).map(({ content }) => content),
    wanted,
  );
  await Promise.all([client, fresh, host].map((each) => each.close()));
});
