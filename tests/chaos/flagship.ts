// Flagship under faults: the Worker on workerd, in a process group that can be killed.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Message, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "../e2e/support/api.ts";
import { assertArchived, readHistory } from "../e2e/support/history.ts";
import { KillableService } from "../e2e/support/killable.ts";
import { type Person, person } from "../e2e/support/tokens.ts";
import { until } from "../e2e/support/wait.ts";
import type { Link } from "./link.ts";
import type { Company, Side } from "./side.ts";
import { FlagshipTalker } from "./talker.ts";

export class Flagship implements Side {
  readonly name = "flagship";
  readonly #service: KillableService;
  readonly #storage: string;
  readonly #api: Api;
  readonly #session: string;
  readonly #rooms: string[];
  readonly #talkers: FlagshipTalker[] = [];

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
    const talker = new FlagshipTalker(person(`P${who}`), this.#session, roomId, link, company);
    this.#talkers.push(talker);
    return talker;
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
    return [
      `${said.length} messages in the journal, ${acked.length} of them acknowledged; the archive holds the same, each once`,
    ];
  }

  /** Changes follow what they change: the archive may have a message as it was, for a while. */
  async #archived(said: Message[]): Promise<void> {
    let difference: unknown;
    const isSame = () =>
      assertArchived(this.#service.database, this.#session, said).then(
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
