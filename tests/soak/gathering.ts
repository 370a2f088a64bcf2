// A session that people come to, walk about in, talk in, drop out of and leave.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Command, Message, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "../e2e/support/api.ts";
import { Client } from "../e2e/support/client.ts";
import { assertArchived, readHistory } from "../e2e/support/history.ts";
import type { Random } from "../e2e/support/random.ts";
import type { Service } from "../e2e/support/service.ts";
import { type Person, person } from "../e2e/support/tokens.ts";
import { until } from "../e2e/support/wait.ts";

const ROOMS = 6;

export class Gathering {
  readonly session: string;
  readonly #service: Service;
  readonly #host: Client;
  readonly #api: Api;
  readonly #rooms: string[];
  readonly #people: { who: Person; client: Client }[];

  private constructor(
    service: Service,
    session: string,
    api: Api,
    host: Client,
    rooms: string[],
    people: { who: Person; client: Client }[],
  ) {
    this.#service = service;
    this.session = session;
    this.#api = api;
    this.#host = host;
    this.#rooms = rooms;
    this.#people = people;
  }

  static async begin(service: Service, size: number): Promise<Gathering> {
    const ada = person("Ada");
    const api = new Api(service, ada);
    const session = (await api.createSession("Soak")).id;
    const host = await Client.join(service, session, ada);
    const rooms: string[] = [];
    while (rooms.length < ROOMS) {
      const ack = await host.command({ type: "create_room", name: `R${rooms.length}` });
      rooms.push(ack.result.room?.id as string);
    }
    const people = await Promise.all(
      Array.from({ length: size }, async (_, index) => {
        const who = person(`P${index}`);
        return { who, client: await Client.join(service, session, who) };
      }),
    );
    return new Gathering(service, session, api, host, rooms, people);
  }

  /** Everybody does so many things in all, one after another each; gives how often each was done. */
  async live(operations: number, random: Random): Promise<Map<string, number>> {
    const done = new Map<string, number>();
    let left = operations;
    await Promise.all(
      this.#people.map(async (one) => {
        while (left > 0) {
          left -= 1;
          const what = await this.#act(one, random);
          done.set(what, (done.get(what) ?? 0) + 1);
        }
      }),
    );
    return done;
  }

  /** Every view is what a newcomer is told, and the archive has what the journal has; gives how many messages. */
  async assertWhole(): Promise<number> {
    await Promise.all(this.#everybody.map((client) => client.settle()));
    const snapshot = await this.#api.read<Snapshot>(`sessions/${this.session}`);
    for (const client of this.#everybody) client.view.assertAgrees(snapshot);
    const said: Message[] = [];
    for (const room of ["main", ...this.#rooms]) {
      said.push(...(await readHistory(this.#api, this.session, room, 100)));
    }
    const keys = new Set(said.map(({ senderId, commandId }) => `${senderId} ${commandId}`));
    assert.equal(keys.size, said.length, "a message is there twice");
    await assertArchived(this.#service.database, this.session, said);
    return said.length;
  }

  /** Nobody says anything, with all sockets open, until the object has left memory by itself. */
  async assertHibernates(idleMs: number, patienceMs: number): Promise<void> {
    const before = await this.#restores();
    const end = performance.now() + patienceMs;
    for (;;) {
      const from = performance.now();
      await until("idle for long enough", () => performance.now() - from > idleMs, idleMs * 2);
      // This wakes it, if it has gone.
      await this.#host.settle();
      if ((await this.#restores()) > before) return;
      assert.ok(performance.now() < end, `not out of memory after ${idleMs} ms of quiet`);
    }
  }

  /** The session ends, and everybody hangs up. */
  async end(): Promise<void> {
    await this.#host.command({ type: "end_session" });
    await Promise.all(this.#everybody.map((client) => client.close()));
  }

  get #everybody(): Client[] {
    return [this.#host, ...this.#people.map(({ client }) => client)];
  }

  async #act(one: { who: Person; client: Client }, random: Random): Promise<string> {
    const { who, client } = one;
    const here = client.view.participants.get(who.id)?.roomId ?? "main";
    const choice = random.below(20);
    const ask = async (command: Command) => {
      await client.command(command);
      return command.type;
    };
    if (choice < 11) return ask({ type: "send_message", roomId: here, content: randomUUID() });
    if (choice < 15) return ask({ type: "join_room", roomId: random.pick(this.#rooms) });
    if (choice < 17) return ask({ type: "leave_room" });
    if (choice === 17) {
      await client.command({ type: "leave_session" });
      await client.closed;
      one.client = await Client.join(this.#service, this.session, who);
      return "leave_session";
    }
    await client.close();
    one.client = (await client.reconnect()).client;
    return "reconnect";
  }

  /** How often the object has come back into memory. */
  async #restores(): Promise<number> {
    // The log comes over a pipe: what was written before this request is there once its line is.
    const mark = randomUUID();
    const { log } = this.#service;
    await new Api(this.#service).get("openapi.json", { headers: { "x-request-id": mark } });
    await log.find((line) => line.requestId === mark);
    return log.items.filter(
      ({ message, sessionId }) => message === "session restored" && sessionId === this.session,
    ).length;
  }
}
