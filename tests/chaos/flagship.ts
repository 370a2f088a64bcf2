// Flagship under faults: the Worker on workerd, in a process group that can be killed.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  Command,
  DirectMessage,
  Message,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "../e2e/support/api.ts";
import { assertArchived, readHistory } from "../e2e/support/history.ts";
import { KillableService } from "../e2e/support/killable.ts";
import { type Person, person } from "../e2e/support/tokens.ts";
import { until } from "../e2e/support/wait.ts";
import type { Link } from "./link.ts";
import type { Company, Side } from "./side.ts";
import { FlagshipTalker } from "./talker.ts";

/** Of so many people, the first keeps order. */
const MODERATED = 7;

export class Flagship implements Side {
  readonly name = "flagship";
  readonly #service: KillableService;
  readonly #storage: string;
  readonly #api: Api;
  readonly #session: string;
  readonly #rooms: string[];
  readonly #talkers: FlagshipTalker[] = [];
  /** Their ids, in the order of their numbers. */
  readonly #people: string[] = [];

  private constructor(
    service: KillableService,
    storage: string,
    host: Person,
    session: string,
    rooms: string[],
  ) {
    this.#service = service;
    this.#storage = storage;
    this.#api = new Api(service, host);
    this.#session = session;
    this.#rooms = rooms;
  }

  /** One session with so many breakout rooms. */
  static async start(rooms: number): Promise<Flagship> {
    const storage = mkdtempSync(join(tmpdir(), "flagship-chaos-"));
    const service = new KillableService({ storage });
    await service.start();
    const host = person("Host");
    const api = new Api(service, host);
    const session = await api.createSession("Chaos");
    const ids: string[] = [];
    while (ids.length < rooms) {
      const path = `sessions/${session.id}/breakout-rooms`;
      const answer = await api.post<{ room: { id: string } }>(path, { name: `R${ids.length}` });
      assert.equal(answer.status, 201, answer.text);
      ids.push(answer.body.room.id);
    }
    return new Flagship(service, storage, host, session.id, ids);
  }

  get port(): number {
    return Number(this.#service.base.port);
  }

  kill(): Promise<void> {
    return this.#service.kill();
  }

  restart(): Promise<void> {
    return this.#service.start();
  }

  breakArchive(): Promise<void> {
    return this.#service.database.break();
  }

  mendArchive(): Promise<void> {
    return this.#service.database.repair();
  }

  async talker(who: number, room: number, link: Link, company: Company): Promise<FlagshipTalker> {
    const roomId = this.#rooms[room];
    if (roomId === undefined) throw new Error(`there is no room ${room}`);
    const one = person(`P${who}`);
    const listener = (number: number) => this.#listener(one.id, number);
    const talker = new FlagshipTalker(one, this.#session, roomId, link, company, listener);
    this.#talkers.push(talker);
    this.#people.push(one.id);
    if (who % MODERATED === 0) talker.keepsOrder();
    return talker;
  }

  /** Some keep order: only they may be written to by all, and write to all. */
  async begin(): Promise<void> {
    for (const [who, participantId] of this.#people.entries()) {
      if (who % MODERATED !== 0) continue;
      const command: Command = { type: "set_role", participantId, role: "moderator" };
      const answer = await this.#api.post(`sessions/${this.#session}/commands`, { command });
      assert.equal(answer.status, 200, answer.text);
    }
  }

  /** The one with a number, or who keeps order in their place. */
  #listener(from: string, number: number): string {
    const keepsOrder = this.#people.indexOf(from) % MODERATED === 0;
    const to = keepsOrder ? number : number - (number % MODERATED);
    const listener = this.#people[to];
    // The next one, instead of oneself.
    return listener === from || listener === undefined
      ? (this.#people[to === 0 ? MODERATED : 0] as string)
      : listener;
  }

  /** Everybody's view is what a newcomer is told, and the archive holds the journal's messages, each once. */
  async verify(): Promise<string[]> {
    const snapshot = await this.#api.read<Snapshot>(`sessions/${this.#session}`);
    for (const talker of this.#talkers) talker.assertAgrees(snapshot);
    const said: Message[] = [];
    for (const room of ["main", ...this.#rooms]) {
      said.push(...(await readHistory(this.#api, this.#session, room, 100)));
    }
    const places = new Map(
      said.map(({ senderId, commandId, roomId, seq }) => [
        `${senderId} ${commandId}`,
        [roomId, seq],
      ]),
    );
    assert.equal(places.size, said.length, "a message is there twice");
    const acked = this.#talkers.flatMap((talker) => [...talker.acked]);
    for (const [key, place] of acked) assert.deepEqual(places.get(key), place, key);
    await this.#archived(said);
    const direct = await this.#verifyDirect();
    return [
      `${said.length} messages in the journal, ${acked.length} of them acknowledged; the archive holds the same, each once`,
      `${direct} direct messages, each with the two it is between and nobody else; the archive holds the same, each once`,
    ];
  }

  /** Both have each direct message, as it is now, and so has the archive. Gives how many. */
  async #verifyDirect(): Promise<number> {
    const holders = new Map<string, { message: DirectMessage; people: string[] }>();
    for (const [who, { direct }] of this.#talkers.entries()) {
      for (const message of direct) {
        const held = holders.get(message.id) ?? { message, people: [] };
        assert.deepEqual(message, held.message, "one version for both");
        held.people.push(this.#people[who] as string);
        holders.set(message.id, held);
      }
    }
    for (const { message, people } of holders.values()) {
      assert.deepEqual(people.sort(), [message.senderId, message.recipientId].sort(), message.id);
    }
    const sql =
      "SELECT id, sender_id, recipient_id, content, idempotency_key FROM direct_messages WHERE session_id = ? ORDER BY rev";
    const expected = [...holders.values()]
      .map(({ message }) => message)
      .sort((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)))
      .map((message) => ({
        id: message.id,
        sender_id: message.senderId,
        recipient_id: message.recipientId,
        content: message.content,
        idempotency_key: message.commandId,
      }));
    await this.#same(async () => {
      assert.deepEqual(await this.#service.database.query(sql, this.#session), expected);
    });
    return holders.size;
  }

  /** Changes follow what they change: the archive may have a message as it was, for a while. */
  #archived(said: Message[]): Promise<void> {
    return this.#same(() => assertArchived(this.#service.database, this.#session, said));
  }

  async #same(compare: () => Promise<void>): Promise<void> {
    let difference: unknown;
    const isSame = () =>
      compare().then(
        () => true,
        (error: unknown) => {
          difference = error;
          return false;
        },
      );
    await until("the archive has the same", isSame).catch(() => {
      throw difference;
    });
  }

  async stop(): Promise<void> {
    await this.#service.kill();
    rmSync(this.#storage, { recursive: true, force: true });
  }
}
