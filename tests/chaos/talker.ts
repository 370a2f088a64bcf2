// Somebody at Flagship: a queue that outlives connections, a view that resumes, a WebSocket where
// one gets through and long polls where not. Everything is recorded as it comes.

import { setTimeout as pause } from "node:timers/promises";
import {
  type Ack,
  BEARER_SUBPROTOCOL_PREFIX,
  type Command,
  type DirectMessage,
  type ErrorBody,
  type EventsPage,
  type ServerFrame,
  type Snapshot,
  SUBPROTOCOL,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "../e2e/support/api.ts";
import { readHistory } from "../e2e/support/history.ts";
import type { Person } from "../e2e/support/tokens.ts";
import { View } from "../e2e/support/view.ts";
import { until } from "../e2e/support/wait.ts";
import { Diary, seen } from "./diary.ts";
import type { Link } from "./link.ts";
import type { Change } from "./schedule.ts";
import type { Company, Talker } from "./side.ts";
import { HEALED_WITHIN_MS, readWhispers, Whispers } from "./whispers.ts";

/** How long a client waits for a word before it takes a connection for dead. */
const ANSWER_WITHIN_MS = 10_000;
const RETRY_MS = [100, 400] as const;
const CURSOR_EVERY_MS = 1_000;

export class FlagshipTalker implements Talker {
  /** Sender and key of what was acknowledged, and where it was put. */
  readonly acked = new Map<string, [room: string, seq: number]>();
  /** All that they wrote or got directly, once they have caught up. */
  direct: DirectMessage[] = [];
  readonly #who: Person;
  readonly #session: string;
  readonly #room: string;
  readonly #link: Link;
  readonly #company: Company;
  /** Everything ever asked for, by key: answers may come after the outcome. */
  readonly #asked = new Map<string, Command>();
  /** What has no outcome yet, in order. */
  readonly #outbox = new Map<string, Command>();
  /** The last message of one's own that was acknowledged. */
  #mine: string | undefined;
  readonly #diary: Diary;
  readonly #whispers: Whispers;
  /** Whom one may write to, by what the schedule calls them. */
  readonly #listener: (number: number) => string;
  #view = new View();
  /** Sends what is in the outbox under a key, over what is open; absent while nothing is. */
  #send: ((key: string) => void) | undefined;
  /** Ends the present connection. */
  #connection = new AbortController();
  #isPolling = false;
  #isStopped = false;

  constructor(
    who: Person,
    session: string,
    room: string,
    link: Link,
    company: Company,
    listener: (number: number) => string,
  ) {
    this.#who = who;
    this.#session = session;
    this.#room = room;
    this.#link = link;
    this.#company = company;
    this.#diary = new Diary(company);
    this.#whispers = new Whispers(who.id, company);
    this.#listener = listener;
  }

  async join(): Promise<void> {
    this.#company.record({ type: "client", participant: this.#who.id });
    const own = [`participant:${this.#who.id}`, this.#whispers.stream];
    for (const stream of ["session", "room:main", this.#stream, ...own]) {
      this.#company.record({ type: "entitled", stream });
    }
    this.#put("join", { type: "join_room", roomId: this.#room });
    void this.#live();
    await until(`${this.#who.id} is in`, () => this.#view.positions[this.#stream] !== undefined);
  }

  say(key: string, content: string, everywhere: boolean, twice: boolean): void {
    const roomId = everywhere ? "main" : this.#room;
    this.#put(key, { type: "send_message", roomId, content });
    if (twice) this.#send?.(key);
  }

  change(key: string, what: Change): void {
    const mine = this.#mine;
    const { last } = this.#diary;
    if (what === "react" && last !== undefined) {
      this.#put(key, {
        type: "react_to_message",
        messageId: last,
        emoji: "\u{1f44d}",
        added: true,
      });
    } else if (what === "edit" && mine !== undefined) {
      this.#put(key, { type: "edit_message", messageId: mine, content: `${key} is what it says` });
    } else if (what === "delete" && mine !== undefined) {
      this.#put(key, { type: "delete_message", messageId: mine });
      this.#mine = undefined;
    }
  }

  whisper(key: string, content: string, to: number, what: "say" | Change): void {
    const participantId = this.#listener(to);
    const command: Command | undefined =
      what === "say"
        ? { type: "send_direct_message", participantId, content }
        : this.#whispers.change(key, what);
    if (command) this.#put(key, command);
  }

  /** Those whom they keep order among hear what is for moderators. */
  keepsOrder(): void {
    this.#company.record({ type: "entitled", stream: "moderators" });
  }

  reload(): void {
    this.#view = new View();
    this.#connection.abort();
  }

  setPolling(isPolling: boolean): void {
    if (this.#isPolling === isPolling) return;
    this.#isPolling = isPolling;
    this.#connection.abort();
  }

  async settled(): Promise<void> {
    const who = this.#who.id;
    await until(`${who} has all answers`, () => this.#outbox.size === 0, HEALED_WITHIN_MS);
  }

  async caughtUp(): Promise<void> {
    const api = new Api(
      { base: this.#link.base } as ConstructorParameters<typeof Api>[0],
      this.#who,
    );
    for (const room of ["main", this.#room]) {
      const history = await readHistory(api, this.#session, room, 100);
      const last = history.at(-1)?.seq ?? 0;
      const reached = () => (this.#view.positions[`room:${room}`] ?? 0) >= last;
      await until(`${this.#who.id} has all of ${room}`, reached, HEALED_WITHIN_MS);
      // Whoever began afresh got the newest only, and scrolls back.
      this.#diary.page(history);
    }
    const direct = await readWhispers(api, this.#session);
    await this.#whispers.caughtUp(direct, () => this.#view.directMessages);
    this.direct = direct;
  }

  /** What is seen is what a newcomer is told, and nothing was amiss on the way. */
  assertAgrees(snapshot: Snapshot): void {
    this.#view.assertSameState(snapshot);
  }

  stop(): void {
    this.#isStopped = true;
    this.#connection.abort();
  }

  get #stream(): string {
    return `room:${this.#room}`;
  }

  #put(key: string, command: Command): void {
    this.#asked.set(key, command);
    this.#outbox.set(key, command);
    this.#send?.(key);
  }

  async #live(): Promise<void> {
    while (!this.#isStopped) {
      this.#connection = new AbortController();
      const { signal } = this.#connection;
      try {
        await (this.#isPolling ? this.#poll(signal) : this.#talk(signal));
      } catch {
        // Cut, killed, or refused by a service that is not up: once more.
      }
      this.#send = undefined;
      const [least, most] = RETRY_MS;
      await pause(least + Math.random() * (most - least));
    }
  }

  /** One WebSocket, until it is lost. */
  #talk(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const url = new URL(`/api/sessions/${this.#session}/socket`, this.#link.base);
      url.protocol = "ws:";
      const bearer = `${BEARER_SUBPROTOCOL_PREFIX}${this.#who.token}`;
      const socket = new WebSocket(url, [SUBPROTOCOL, bearer]);
      const send = (frame: unknown) => socket.send(JSON.stringify(frame));
      let wasHeard = false;
      const dead = setTimeout(() => {
        if (!wasHeard) end();
      }, ANSWER_WITHIN_MS);
      let told = "";
      const telling = setInterval(() => {
        const received = JSON.stringify(this.#view.positions);
        if (!wasHeard || received === told) return;
        told = received;
        send({ type: "cursor", received: this.#view.positions });
      }, CURSOR_EVERY_MS);
      const end = () => {
        clearTimeout(dead);
        clearInterval(telling);
        signal.removeEventListener("abort", end);
        // Nothing of it is heard any more, also what is still on its way.
        socket.onmessage = null;
        socket.close();
        resolve();
      };
      signal.addEventListener("abort", end);
      socket.onopen = () => {
        const { resume } = this.#view;
        send({ type: "hello", ...(resume.epoch === "" ? {} : { resume }) });
      };
      socket.onmessage = ({ data }) => {
        const parsed = JSON.parse(String(data)) as ServerFrame | ServerFrame[];
        for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
          this.#receive(frame);
          if (frame.type !== "welcome") continue;
          wasHeard = true;
          this.#company.counts[frame.resumed ? "resumed" : "fresh"] += 1;
          this.#diary.return(frame.streams);
          this.#send = (key) => {
            this.#recordSent(key);
            send({ type: "command", id: key, command: this.#asked.get(key) });
          };
          for (const key of this.#outbox.keys()) this.#send(key);
        }
      };
      socket.onerror = () => {
        end();
        reject(new Error("the socket broke"));
      };
      socket.onclose = end;
    });
  }

  /** Long polls, and a request for each command, until one fails. */
  async #poll(signal: AbortSignal): Promise<void> {
    const api = new Api(
      { base: this.#link.base } as ConstructorParameters<typeof Api>[0],
      this.#who,
    );
    const path = `sessions/${this.#session}`;
    const { resume } = this.#view;
    this.#diary.return();
    this.#company.counts.polled += 1;
    let cursor =
      resume.epoch === "" ? undefined : Buffer.from(JSON.stringify(resume)).toString("base64url");
    let posting = Promise.resolve();
    this.#send = (key) => {
      posting = posting.then(() => this.#post(api, path, key, signal));
    };
    for (const key of this.#outbox.keys()) this.#send(key);
    for (;;) {
      const query = cursor === undefined ? "" : `?cursor=${cursor}`;
      const page = await api.get<EventsPage>(`${path}/events${query}`, { signal });
      if (page.status !== 200) throw new Error(page.text);
      if (signal.aborted) return;
      for (const frame of page.body.frames) this.#receive(frame);
      cursor = page.body.cursor;
    }
  }

  async #post(api: Api, path: string, key: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.#isStopped) {
      const command = this.#outbox.get(key);
      if (!command) return;
      this.#recordSent(key);
      try {
        const answer = await api.post<Ack>(`${path}/commands`, { command }, { key, signal });
        if (answer.status < 300) {
          const duplicate = answer.headers.get("idempotency-replayed") === "true";
          this.#acked({ ...answer.body, id: key, duplicate });
          return;
        }
        const error = answer.body as unknown as ErrorBody | undefined;
        if (error?.code !== undefined) this.#refused(key, error);
      } catch {
        // No answer: it may have been heard or not.
      }
      await pause(RETRY_MS[1]);
    }
  }

  #recordSent(key: string): void {
    const command = this.#asked.get(key);
    const says =
      command?.type === "send_message"
        ? { content: command.content, streams: [`room:${command.roomId}`] }
        : (this.#whispers.sent(command) ?? {});
    this.#company.record({ type: "sent", commandId: key, ...says });
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === "welcome" && !frame.resumed) this.#diary.restart();
    const before = this.#view.positions;
    this.#view.apply(frame);
    switch (frame.type) {
      case "welcome":
        this.#diary.follow(frame.resumed ? before : {}, frame.streams);
        this.#diary.page(frame.snapshot?.messages ?? []);
        this.#whispers.saw(frame.snapshot?.own.directMessages ?? []);
        this.#diary.page(frame.messages ?? []);
        break;
      case "events":
        for (const event of frame.events) {
          const message = event.type === "message_created" ? event.message : undefined;
          this.#diary.event(frame.stream, event.seq, message);
          if (event.type === "direct_message_created") this.#whispers.saw([event.message]);
        }
        break;
      case "ack":
        if (frame.streams) this.#diary.follow(before, frame.streams);
        this.#diary.page(frame.messages ?? []);
        this.#acked(frame);
        break;
      case "nack":
        if (frame.id !== null) this.#refused(frame.id, frame.error);
        break;
      case "notice":
        if (frame.code !== "streams_changed") break;
        this.#diary.follow(before, frame.streams);
        this.#diary.page(frame.messages);
        break;
    }
  }

  #acked(ack: Ack): void {
    const { id, rev, duplicate, result } = ack;
    // What is changed is acknowledged with a message too.
    const { type } = this.#asked.get(id) ?? {};
    const said = type === "send_message" ? result.message : undefined;
    const whispered = type === "send_direct_message" ? result.directMessage : undefined;
    this.#outbox.delete(id);
    if (said) {
      this.#mine = said.id;
      this.acked.set(`${this.#who.id} ${id}`, [said.roomId, said.seq]);
      this.#company.replays.saw(`room:${said.roomId}`, said.seq);
    }
    const message = said
      ? { ...seen(said), stream: `room:${said.roomId}`, seq: said.seq }
      : whispered && this.#whispers.accepted(id, whispered);
    this.#company.record({
      type: "acked",
      commandId: id,
      rev,
      duplicate,
      ...(message ? { message } : {}),
    });
  }

  #refused(key: string, error: ErrorBody): void {
    this.#company.record({ type: "refused", commandId: key, code: error.code });
    if (error.retryable) {
      void pause(error.retryAfterMs ?? RETRY_MS[1]).then(() => {
        if (this.#outbox.has(key)) this.#send?.(key);
      });
      return;
    }
    this.#outbox.delete(key);
    this.#company.record({ type: "failed", commandId: key, reason: error.code });
  }
}
