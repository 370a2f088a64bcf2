// What one reader that stalls costs the others: their latency with and without it, in turn, in one run.
//
//   npm run bench:stalled [people] [rounds]
//
// The stalled reader says what it received and reads no more. A burst, the same in both halves of a
// round, fills what is between it and the server, so that what follows piles up in the server. It
// stays below the number of events at which the reader would be closed.

import { arch, cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import {
  BEARER_SUBPROTOCOL_PREFIX,
  type ClientFrame,
  SUBPROTOCOL,
} from "../client/core/src/generated/protocol.ts";
import { Api } from "../tests/e2e/support/api.ts";
import { UNCOUNTED } from "../tests/e2e/support/options.ts";
import { RawSocket } from "../tests/e2e/support/raw-socket.ts";
import { Service } from "../tests/e2e/support/service.ts";
import { type Person, person } from "../tests/e2e/support/tokens.ts";
import { until } from "../tests/e2e/support/wait.ts";

const HANDSHAKES_AT_ONCE = 50;
const FRAMES_AT_ONCE = 64;
/** Events of a burst; with the messages after it fewer than the 1,500 that may be unacknowledged. */
const BURST = 1_280;
const MESSAGES = 200;
const INTERVAL_MS = 200;
const PADDING = "x".repeat(1_000);
const PATIENCE_MS = 120_000;

/** Sees when messages arrive, without reading more of them than that. */
class Reader {
  /** Milliseconds from when each message was due. */
  latencies: number[] = [];
  /** Everybody who was said to have gone. */
  gone: string[] = [];
  /** The last burst that came whole. */
  burst = -1;
  readonly welcomed: Promise<void>;
  readonly #socket: WebSocket;
  #welcome: () => void = () => undefined;

  constructor(service: Service, session: string, who: Person) {
    const url = new URL(`/api/sessions/${session}/socket`, service.base);
    url.protocol = "ws:";
    this.#socket = new WebSocket(url, [SUBPROTOCOL, `${BEARER_SUBPROTOCOL_PREFIX}${who.token}`]);
    this.#socket.addEventListener("open", () => this.send({ type: "hello" }));
    this.welcomed = new Promise((resolve, reject) => {
      this.#welcome = resolve;
      this.#socket.addEventListener("close", () => reject(new Error("a reader was closed")));
    });
    this.#socket.addEventListener("message", ({ data }) => {
      const now = performance.now();
      const text = String(data);
      if (text.includes('"type":"welcome"')) this.#welcome();
      for (const [, due] of text.matchAll(/"content":"due ([\d.]+)/g)) {
        this.latencies.push(now - Number(due));
      }
      for (const [, ids = ""] of text.matchAll(/"disconnected":\[([^\]]+)\]/g)) {
        this.gone.push(...(JSON.parse(`[${ids}]`) as string[]));
      }
      for (const [, burst] of text.matchAll(/"content":"burst (\d+)/g)) this.burst = Number(burst);
    });
  }

  send(frames: ClientFrame | ClientFrame[]): void {
    this.#socket.send(JSON.stringify(frames));
  }

  close(): void {
    this.#socket.close();
  }
}

const quantile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] as number;
const median = (values: number[]) => quantile(values, 0.5);

const say = (id: string, content: string): ClientFrame => ({
  type: "command",
  id,
  command: { type: "send_message", roomId: "main", content },
});

/** A session with its readers, and how much was said in it. */
class Room {
  readonly #service: Service;
  readonly #session: string;
  readonly #host: Reader;
  readonly #readers: Reader[];
  readonly #stalling = person("Stalled");
  #said = 0;
  #bursts = 0;

  private constructor(service: Service, session: string, host: Reader, readers: Reader[]) {
    this.#service = service;
    this.#session = session;
    this.#host = host;
    this.#readers = readers;
  }

  static async fill(service: Service, people: number): Promise<Room> {
    const host = person("Host");
    const session = (await new Api(service, host).createSession("Bench")).id;
    const first = new Reader(service, session, host);
    await first.welcomed;
    const readers: Reader[] = [];
    // The host and the one that stalls are in it too: there is no room for more than a thousand.
    const others = people - 2;
    while (readers.length < others) {
      const count = Math.min(HANDSHAKES_AT_ONCE, others - readers.length);
      const newcomers = Array.from(
        { length: count },
        () => new Reader(service, session, person("Guest")),
      );
      await Promise.all(newcomers.map(({ welcomed }) => welcomed));
      readers.push(...newcomers);
    }
    return new Room(service, session, first, readers);
  }

  /** One half of a round: how late messages were for those who read. */
  async measure(isStalled: boolean): Promise<{ p50: number; p99: number }> {
    const stalled = isStalled ? await this.#stall() : undefined;
    this.#host.gone = [];
    const read = stalled?.received.length;
    await this.#burst();
    for (const reader of this.#readers) reader.latencies = [];
    const begin = performance.now();
    for (let n = 0; n < MESSAGES; n += 1) {
      const due = begin + n * INTERVAL_MS;
      await pause(Math.max(0, due - performance.now()));
      this.#host.send(say(`m-${this.#said}`, `due ${due.toFixed(3)} ${PADDING}`));
      this.#said += 1;
    }
    await until(
      "everybody has all",
      () => this.#readers.every(({ latencies }) => latencies.length === MESSAGES),
      PATIENCE_MS,
    );
    if (stalled?.received.length !== read) throw new Error("the stalled reader has read");
    if (stalled && this.#host.gone.includes(this.#stalling.id)) {
      throw new Error("the stalled reader was let go: nothing piled up for it");
    }
    if (stalled) {
      stalled.cut();
      // The next half has nothing of it any more.
      await until("it is gone", () => this.#host.gone.includes(this.#stalling.id), PATIENCE_MS);
    }
    const latencies = this.#readers.flatMap((reader) => reader.latencies);
    return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
  }

  async #stall(): Promise<RawSocket> {
    const stalled = await RawSocket.open(this.#service, this.#session, this.#stalling);
    stalled.send({ type: "hello" });
    await until("it is welcomed", () => stalled.received.includes('"type":"welcome"'));
    stalled.send({ type: "cursor", received: { "room:main": this.#said }, read: {} });
    stalled.stall();
    return stalled;
  }

  async #burst(): Promise<void> {
    const burst = this.#bursts;
    this.#bursts += 1;
    for (let sent = 0; sent < BURST; sent += FRAMES_AT_ONCE) {
      const isLast = sent + FRAMES_AT_ONCE >= BURST;
      const frames = Array.from({ length: FRAMES_AT_ONCE }, (_, n) => {
        const ends = isLast && n === FRAMES_AT_ONCE - 1;
        return say(`m-${this.#said + n}`, `${ends ? `burst ${burst}` : "filling"} ${PADDING}`);
      });
      this.#said += FRAMES_AT_ONCE;
      this.#host.send(frames);
    }
    await until(
      "the burst is over",
      () => this.#readers.every((reader) => reader.burst === burst),
      PATIENCE_MS,
    );
  }

  close(): void {
    for (const reader of [this.#host, ...this.#readers]) reader.close();
  }
}

const [people = 1_000, rounds = 3] = process.argv.slice(2).map(Number);
console.log(
  `stalled: 1 of ${people} people; ${cpus()[0]?.model}, ${arch()}, Node ${process.version}`,
);
const service = await Service.start({ variables: UNCOUNTED });
try {
  const room = await Room.fill(service, people);
  const [without, withOne]: [number[], number[]] = [[], []];
  console.log("round | stalled readers | p50, ms | p99, ms");
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with the other half.
    for (const isStalled of round % 2 === 0 ? [false, true] : [true, false]) {
      const { p50, p99 } = await room.measure(isStalled);
      (isStalled ? withOne : without).push(p99);
      console.log([round + 1, isStalled ? 1 : 0, p50.toFixed(1), p99.toFixed(1)].join(" | "));
    }
  }
  const [before, after] = [median(without), median(withOne)];
  console.log(
    `median p99: ${before.toFixed(1)} ms without, ${after.toFixed(1)} ms with: ${(after / before).toFixed(3)} of it`,
  );
  room.close();
} finally {
  await service.stop();
}
