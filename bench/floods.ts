// What a hostile client costs the others: how long their messages take while it floods the session, as a multiple of
// what they take in calm, and the memory that the service holds.
//
//   npm run bench:floods [people] [seconds] [name of a flood]
//
// Each flood has a session of its own, in which two people say something every tenth of a second and the others listen.
// It is calm for so many seconds, then flooded for as many. The hostile client runs in a thread of its own.

import { generateKeyPairSync } from "node:crypto";
import { arch, cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  BEARER_SUBPROTOCOL_PREFIX,
  type ClientFrame,
  SUBPROTOCOL,
} from "../client/core/src/generated/protocol.ts";
import { Api } from "../tests/e2e/support/api.ts";
import { Service } from "../tests/e2e/support/service.ts";
import { type Person, person } from "../tests/e2e/support/tokens.ts";
import { type Flood, floods } from "./floods/kinds.ts";
import { workerdCpu, workerdMemory } from "./workerd.ts";

const TALKERS = 2;
const INTERVAL_MS = 100;
const SAMPLE_MS = 50;
/** Messages of some length in the session before, so that a snapshot and a search have something to do. */
const HISTORY = 200;

/** Somebody in the session, who notices how long the answers to what they say take. */
class Talker {
  latencies: number[] = [];
  readonly welcomed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #due = new Map<string, number>();
  #said = 0;

  constructor(service: Service, session: string, who: Person) {
    const url = new URL(`/api/sessions/${session}/socket`, service.base);
    url.protocol = "ws:";
    this.#socket = new WebSocket(url, [SUBPROTOCOL, `${BEARER_SUBPROTOCOL_PREFIX}${who.token}`]);
    this.#socket.addEventListener("open", () => this.send({ type: "hello" }));
    this.welcomed = new Promise((resolve, reject) => {
      this.#socket.addEventListener("close", () => reject(new Error("others were closed")));
      this.#socket.addEventListener("message", ({ data }) => {
        const text = String(data);
        if (text.includes('"type":"welcome"')) resolve();
        if (this.#due.size > 0) this.#settle(text);
      });
    });
  }

  send(frames: ClientFrame | ClientFrame[]): void {
    this.#socket.send(JSON.stringify(frames));
  }

  say(due: number, content = "a few words to everybody"): void {
    const id = `m-${this.#said}`;
    this.#said += 1;
    this.#due.set(id, due);
    this.send({ type: "command", id, command: { type: "send_message", roomId: "main", content } });
  }

  /** Resolves when everything is answered. */
  async settled(): Promise<void> {
    while (this.#due.size > 0) await pause(5);
  }

  close(): void {
    this.#socket.close();
  }

  #settle(text: string): void {
    for (const [, type, id = ""] of text.matchAll(/"type":"(ack|nack)","id":"(m-\d+)"/g)) {
      if (type === "nack") throw new Error(`others were refused: ${text}`);
      const due = this.#due.get(id);
      if (due !== undefined) this.latencies.push(performance.now() - due);
      this.#due.delete(id);
    }
  }
}

const quantile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] as number;

interface Phase {
  p50: number;
  p99: number;
  /** The most that the service held, in MiB. */
  memory: number;
  /** Of one processor, in percent. */
  cpu: number;
}

/** The talkers talk for so many seconds. */
async function phase(talkers: Talker[], seconds: number): Promise<Phase> {
  for (const talker of talkers) talker.latencies = [];
  let memory = 0;
  const sampling = setInterval(() => {
    memory = Math.max(memory, workerdMemory());
  }, SAMPLE_MS);
  const [begin, cpu] = [performance.now(), workerdCpu()];
  const gap = INTERVAL_MS / talkers.length;
  for (let n = 0; n < (seconds * 1_000) / gap; n += 1) {
    const due = begin + n * gap;
    await pause(Math.max(0, due - performance.now()));
    talkers[n % talkers.length]?.say(due);
  }
  await Promise.all(talkers.map((talker) => talker.settled()));
  clearInterval(sampling);
  const latencies = talkers.flatMap((talker) => talker.latencies);
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    memory,
    cpu: ((workerdCpu() - cpu) / (performance.now() - begin)) * 100,
  };
}

async function measure(name: string, flood: Flood, people: number, seconds: number) {
  // A service each: what one flood has left behind is not in the next one's figures.
  const service = await Service.start({
    variables: { JWKS: JSON.stringify({ keys: [trusted] }) },
    rateLimits: { REQUESTS_PER_IDENTITY: 600 },
  });
  try {
    const [host, other, mallory] = [person("Host"), person("Other"), person("Mallory")];
    const api = new Api(service, host);
    const session = (await api.createSession("Bench")).id;
    const talkers = [host, other].map((who) => new Talker(service, session, who));
    await Promise.all(talkers.map(({ welcomed }) => welcomed));
    const listeners: Talker[] = [];
    while (listeners.length < people - TALKERS - 1) {
      const some = Array.from(
        { length: 25 },
        (_, n) => new Talker(service, session, person(`P${n}`)),
      );
      await Promise.all(some.map(({ welcomed }) => welcomed));
      listeners.push(...some);
    }
    for (let n = 0; n < HISTORY; n += 1) {
      talkers[0]?.say(performance.now(), `words ${n} ${"and more of them ".repeat(20)}`);
      await talkers[0]?.settled();
    }
    const command = async (body: object) => {
      const answer = await api.post(`sessions/${session}/commands`, { command: body });
      if (answer.status !== 200) throw new Error(answer.text);
    };
    const asMallory = new Api(service, mallory);
    await asMallory.post(`sessions/${session}/commands`, { command: { type: "join_session" } });
    if (flood.by === "request" && flood.as === "banned") {
      await command({ type: "ban_participant", participantId: mallory.id });
    } else if (flood.by === "request") {
      await command({ type: "set_role", participantId: mallory.id, role: "moderator" });
    }
    // What is compiled at first use is compiled by then.
    await phase(talkers, 1);
    const calm = await phase(talkers, seconds);
    const workerData = { base: service.base.href, session, who: mallory, flood };
    const flooder = new Worker(new URL("floods/flooder.ts", import.meta.url), { workerData });
    await new Promise((resolve) => flooder.once("online", resolve));
    const flooded = await phase(talkers, seconds);
    const sent = await new Promise((resolve) => {
      flooder.once("message", resolve);
      flooder.postMessage("end");
    });
    await flooder.terminate();
    const ratio = (flooded.p50 / calm.p50).toFixed(1);
    const cells = [
      name,
      calm.p50.toFixed(1),
      flooded.p50.toFixed(1),
      ratio,
      `${calm.p99.toFixed(0)} → ${flooded.p99.toFixed(0)}`,
      `${calm.memory.toFixed(0)} → ${flooded.memory.toFixed(0)}`,
      `${calm.cpu.toFixed(0)} → ${flooded.cpu.toFixed(0)}`,
      sent,
    ];
    console.log(`| ${cells.join(" | ")} |`);
    for (const one of [...talkers, ...listeners]) one.close();
  } finally {
    await service.stop();
  }
}

/** A key of the longest kind, by which a forged token is verified. */
const trusted = {
  ...generateKeyPairSync("rsa", { modulusLength: 4096 }).publicKey.export({ format: "jwk" }),
  kid: "k",
  alg: "RS256",
};

const [people = "150", seconds = "5", only] = process.argv.slice(2);
console.log(
  `floods among ${people} people; ${cpus()[0]?.model}, ${arch()}, Node ${process.version}`,
);
console.log(
  "| flood | p50 in calm, ms | flooded, ms | multiple | p99, ms | memory, MiB | CPU, % | messages or requests |",
);
console.log("|---|---:|---:|---:|---:|---:|---:|---:|");
for (const [name, flood] of Object.entries(floods())) {
  if (only === undefined || name.startsWith(only)) {
    await measure(name, flood, Number(people), Number(seconds));
  }
}
process.exit(0);
