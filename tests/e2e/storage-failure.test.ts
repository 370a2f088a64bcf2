// A write of the object's storage fails in the middle of a turn: nothing is acknowledged or shown that
// was not stored, what is in memory afterwards is what the journal holds, and asking again settles all.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Command,
  CommandFrame,
  DirectMessagesPage,
  Message,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Failures, failingFront } from "./support/failing.ts";
import { readHistory } from "./support/history.ts";
import { UNCOUNTED } from "./support/options.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService({
  front: failingFront,
  variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "600000" },
});
const failures = new Failures(service);

/** What was said in a room; nothing, for somebody who was never there. */
async function read(api: Api, session: string, room: string): Promise<Message[]> {
  const path = `sessions/${session}/messages?room=${room}&limit=1`;
  return (await api.get(path)).status === 403 ? [] : readHistory(api, session, room, 100);
}

/** All that anybody can be told of a session. */
async function whole(session: string, people: Person[], rooms: string[]) {
  return Promise.all(
    people.map(async (one) => {
      const api = new Api(service, one);
      const { connected: _, ...snapshot } = await api.read<Snapshot>(`sessions/${session}`);
      const said = await Promise.all(rooms.map((room) => read(api, session, room)));
      const direct = await api.read<DirectMessagesPage>(`sessions/${session}/direct-messages`);
      return { snapshot, said, direct: direct.messages };
    }),
  );
}

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession("Full")).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const rooms = ["main"];
  for (const name of ["One", "Two"]) {
    const created = await host.command({ type: "create_room", name, preparing: true });
    rooms.push(created.result.room?.id as string);
  }
  const first = (await host.say("main", "first")).result.message?.id as string;
  const direct: Command = { type: "send_direct_message", participantId: grace.id, content: "psst" };
  /** One array, and so one turn: some of it is one entry, some are several, some rewrite what is there. */
  const commands: Command[] = [
    { type: "send_message", roomId: "main", content: "a" },
    direct,
    { type: "edit_message", messageId: first, content: "first, edited" },
    { type: "open_rooms" },
    { type: "move_participant", participantId: grace.id, roomId: rooms[1] as string },
    { type: "send_message", roomId: rooms[1] as string, content: "b" },
    { type: "broadcast", content: "to all", roomIds: rooms },
    { type: "react_to_message", messageId: first, emoji: "\u{1f44d}", added: true },
  ];
  const frames = commands.map((command, index) => ({
    type: "command" as const,
    id: `k${index}`,
    command,
  }));
  return { ada, grace, session, host, guest, rooms, frames };
}

const acked = ({ frames }: Client) =>
  frames.items.flatMap((frame) =>
    frame.type === "ack" && frame.id.startsWith("k") ? [frame] : [],
  );

/** Sends all of it until all is acknowledged, as a client does that is closed on. */
async function settle(client: Client, frames: (CommandFrame & { type: "command" })[]) {
  const answers = frames.map(({ id }) => client.settled(id));
  client.send(frames);
  for (const answer of await Promise.all(answers)) assert.equal(answer.type, "ack");
}

/** More than there are. */
const MOST_WRITES = 60;

test("whichever write of a turn fails, nothing is lost, invented or half done", async (t) => {
  let wasMet = true;
  for (let write = 1; wasMet && write < MOST_WRITES; write += 1) {
    await t.test(`write ${write} fails`, async () => {
      wasMet = false;
      const { ada, grace, session, host, guest, rooms, frames } = await scene();
      await failures.fail(write);
      host.send(frames);
      // The one it failed for is closed on; nobody is, where there were fewer writes.
      await until("it has failed, or all is done", () => host.isClosed || acked(host).length === 8);
      wasMet = (await failures.left()) === 0;
      await failures.stop();
      assert.equal(host.isClosed, wasMet);

      const before = await whole(session, [ada, grace], rooms);
      await service.evict(session);
      const after = await whole(session, [ada, grace], rooms);
      assert.deepEqual(after, before, "memory is what the journal holds");
      const [own, theirs] = after as [(typeof after)[0], (typeof after)[0]];
      assert.deepEqual(own.direct, theirs.direct, "both have what was said between them");
      const stored = new Map(
        [...own.said.flat(), ...own.direct].map((message) => [message.id, message]),
      );
      for (const { result } of acked(host)) {
        for (const message of [result.message, result.directMessage]) {
          if (message) assert.ok(stored.has(message.id), "what was acknowledged is stored");
        }
      }
      for (const { view } of [host, guest]) {
        const seen = [
          ...rooms.flatMap((room) => view.messages(room)),
          ...view.directMessages.values(),
        ];
        for (const message of seen) {
          const held = stored.get(message.id);
          const [shown, known] = [message.version ?? 0, held?.version ?? 0];
          // Who was closed on has not heard the latest of it.
          assert.ok(held && known >= shown, "what is shown is stored");
          if (known === shown) assert.deepEqual(message, held);
        }
      }

      const again = host.isClosed ? (await host.reconnect()).client : host;
      await settle(again, frames);
      const late = guest.isClosed ? (await guest.reconnect()).client : guest;
      const end = await new Api(service, ada).read<Snapshot>(`sessions/${session}`);
      for (const client of [again, late]) {
        await client.settle();
        client.view.assertAgrees(end);
      }
      const [all, heard] = await whole(session, [ada, grace], rooms);
      const contents = (of: typeof all) => [
        of?.said.map((room) => room.map(({ content }) => content)),
        of?.direct.map(({ content }) => content),
      ];
      const expected = [[["first, edited", "a", "to all"], ["b", "to all"], ["to all"]], ["psst"]];
      assert.deepEqual(contents(all), expected);
      assert.deepEqual(heard?.direct, all?.direct);
      assert.deepEqual(all?.said[0]?.[0]?.reactions?.length, 1);
      await Promise.all([again.close(), late.close()]);
    });
    if (!wasMet) assert.ok(write > 10, "there were writes to fail");
  }
});
