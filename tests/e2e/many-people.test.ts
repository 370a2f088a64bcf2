// Many people talk, walk about, drop out and come back, while the object is put to sleep: whatever
// was acknowledged is in everybody's view exactly once, and every view agrees with the session.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertArchived, readHistory } from "./support/history.ts";
import { Random } from "./support/random.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";

const PEOPLE = 24;
const WAVES = 60;
/** Refused when a host's hand was faster: no fault of anybody's. */
const EXPECTED = new Set(["not_in_room", "room_full"]);

/** Seeds that once found something stay; a new one is tried each time. */
const seeds = [20_261_020, Number(process.env.SEED ?? Date.now() % 1_000_000)];

const service = await startService();

for (const seed of seeds) {
  test(`a lively session, seed ${seed}`, async () => {
    const random = new Random(seed);
    const ada = person("Ada");
    const api = new Api(service, ada);
    const session = (await api.createSession()).id;
    const host = await Client.join(service, session, ada);
    const rooms: string[] = [];
    for (const name of ["One", "Two", "Three"]) {
      const ack = await host.command({ type: "create_room", name, capacity: PEOPLE - 4 });
      rooms.push(ack.result.room?.id as string);
    }
    const people = Array.from({ length: PEOPLE }, (_, index) => person(`P${index}`));
    const clients = await Promise.all(people.map((who) => Client.join(service, session, who)));
    /** What was acknowledged: sender and key, to where it was put. */
    const said = new Map<string, { room: string; seq: number }>();

    const ask = async (
      client: Client,
      who: string,
      id: string,
      command: Command,
      times: number,
    ) => {
      const answers = Array.from({ length: times }, () => client.settled(id));
      for (let i = 0; i < times; i += 1) client.send({ type: "command", id, command });
      for (const answer of await Promise.all(answers)) {
        if (answer.type === "nack") {
          assert.ok(EXPECTED.has(answer.error.code), JSON.stringify(answer));
        } else if (answer.result.message) {
          const { roomId: room, seq } = answer.result.message;
          const before = said.get(`${who} ${id}`);
          if (before) assert.deepEqual({ room, seq }, before);
          said.set(`${who} ${id}`, { room, seq });
        }
      }
    };

    const act = async (index: number, wave: number): Promise<void> => {
      const client = clients[index] as Client;
      const who = people[index]?.id as string;
      const id = `${wave}`;
      const times = 1 + random.below(2);
      const here = client.view.participants.get(who)?.roomId ?? "main";
      const choice = random.below(10);
      if (choice < 6) {
        const roomId = random.below(3) === 0 ? "main" : here;
        const command = { type: "send_message", roomId, content: `${who} ${wave}` } as const;
        return ask(client, who, id, command, times);
      }
      if (choice === 6) {
        return ask(client, who, id, { type: "join_room", roomId: random.pick(rooms) }, times);
      }
      if (choice === 7) return ask(client, who, id, { type: "leave_room" }, times);
      if (choice === 8) {
        const roomId = random.pick([...rooms, "main"]);
        const participantId = random.pick(people).id;
        return ask(
          host,
          ada.id,
          `${id}-${index}`,
          { type: "move_participant", participantId, roomId },
          1,
        );
      }
      await client.close();
      const again = await client.reconnect();
      assert.equal(again.welcome.resumed, true);
      clients[index] = again.client;
    };

    for (let wave = 0; wave < WAVES; wave += 1) {
      const acting = new Set(Array.from({ length: 16 }, () => random.below(PEOPLE)));
      const acts = [...acting].map((index) => act(index, wave));
      if (random.below(6) === 0) await service.evict(session);
      await Promise.all(acts);
    }

    const everybody = [host, ...clients];
    await Promise.all(everybody.map((client) => client.settle()));
    const snapshot = await api.read<Snapshot>(`sessions/${session}`);
    const histories = new Map(
      await Promise.all(
        ["main", ...rooms].map(
          async (room) => [room, await readHistory(api, session, room, 100)] as const,
        ),
      ),
    );
    for (const client of everybody) {
      client.view.assertSameState(snapshot);
      for (const [room, history] of histories) {
        const seen = client.view.messages(room);
        if (room === "main") assert.deepEqual(seen, history, "main reaches everybody");
        for (const message of seen) assert.deepEqual(message, history[message.seq - 1]);
        const position = client.view.positions[`room:${room}`];
        if (position !== undefined) assert.equal(position, history.length, "up to date");
      }
    }
    const all = [...histories.values()].flat();
    const places = new Map(
      all.map(({ senderId, commandId, roomId, seq }) => [
        `${senderId} ${commandId}`,
        { room: roomId, seq },
      ]),
    );
    assert.equal(places.size, all.length, "no message is there twice");
    assert.deepEqual(places, said, "what was acknowledged, and nothing else");
    await assertArchived(service.database, session, all);
    for (const client of everybody) client.view.assertAgrees(snapshot);
  });
}
