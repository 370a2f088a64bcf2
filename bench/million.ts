// Whether a session's length slows it: the same requests, wakes and messages in a session that has just
// begun, in one of ten thousand entries and in one of a million, in turn, in one run.
//
//   npm run bench:million [people] [entries]
//
// The built Worker on workerd. The journals are grown from outside, while it does not run: rows as it
// writes them itself, but for the runs of keys, which it makes up for on the first message. CPU time is
// that of all of workerd's threads, as the kernel counts it in nanoseconds.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Ack, ClientFrame, Command } from "../client/core/src/generated/protocol.ts";
import { type Answer, Api } from "../tests/e2e/support/api.ts";
import { Client } from "../tests/e2e/support/client.ts";
import { UNCOUNTED } from "../tests/e2e/support/options.ts";
import { Service } from "../tests/e2e/support/service.ts";
import { type Person, person } from "../tests/e2e/support/tokens.ts";
import { grow } from "./grow.ts";
import { workerdCpu } from "./workerd.ts";

const REPEATS = 15;
const ROUNDS = 9;
const MESSAGES = 2_048;
const FRAMES_AT_ONCE = 64;
const CONTENT = "x".repeat(64);

/** A session under measurement. */
interface Subject {
  name: string;
  id: string;
  entries: number;
  /** The id of the first message. */
  first: string;
}

/** CPU and wall time of something, in milliseconds. */
interface Cost {
  cpu: number;
  wall: number;
}

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

const medians = (costs: Cost[]): Cost => ({
  cpu: median(costs.map(({ cpu }) => cpu)),
  wall: median(costs.map(({ wall }) => wall)),
});

async function cost(action: () => Promise<unknown>): Promise<Cost> {
  const [cpu, wall] = [workerdCpu(), performance.now()];
  await action();
  return { cpu: workerdCpu() - cpu, wall: performance.now() - wall };
}

/** A session with this many people in it, each of whom came in by a command. */
async function begin(
  service: Service,
  host: Person,
  guest: Person,
  people: number,
): Promise<string> {
  const { id } = await new Api(service, host).createSession("Bench");
  for (let joined = 1; joined < people; joined += 20) {
    const newcomers = Array.from({ length: Math.min(20, people - joined) }, () => person("Guest"));
    if (joined === 1) newcomers[0] = guest;
    await Promise.all(
      newcomers.map((newcomer) =>
        new Api(service, newcomer).post(`sessions/${id}/commands`, {
          id: "join",
          command: { type: "join_session" },
        }),
      ),
    );
  }
  const client = await Client.join(service, id, host);
  // A stream in which little happens: the next comes only after the journal was grown.
  await client.command(direct(guest));
  // Over the next snapshot, which is what the journal is grown from.
  await say(client, 256);
  await client.close();
  return id;
}

/** Something in the streams of two people, in which little happens. */
const direct = ({ id }: Person): Command => ({
  type: "send_direct_message",
  participantId: id,
  content: CONTENT,
});

let said = 0;

async function say(client: Client, messages: number): Promise<void> {
  for (let sent = 0; sent < messages; sent += FRAMES_AT_ONCE) {
    const frames = Array.from({ length: FRAMES_AT_ONCE }, (): ClientFrame => {
      said += 1;
      return {
        type: "command",
        id: `said-${said}`,
        command: { type: "send_message", roomId: "main", content: CONTENT },
      };
    });
    const answer = client.settled(`said-${said}`);
    client.send(frames);
    if ((await answer).type !== "ack") throw new Error("a message was refused");
  }
}

/** Prints a row for each action: what it costs in each of the sessions, and the last against the first. */
async function table(
  title: string,
  subjects: Subject[],
  repeats: number,
  actions: [name: string, action: (subject: Subject) => Promise<Cost>][],
): Promise<void> {
  const names = subjects.map(({ name }) => name);
  console.log(`\n${title}; CPU ms (wall ms)`);
  console.log(["", ...names, `${names.at(-1)} : ${names[0]}`].join(" | "));
  for (const [name, action] of actions) {
    const costs = subjects.map((): Cost[] => []);
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const [index, subject] of subjects.entries()) costs[index]?.push(await action(subject));
    }
    const found = costs.map(medians);
    const ratio = (found.at(-1)?.cpu ?? 0) / (found[0]?.cpu ?? 1);
    const cells = found.map(({ cpu, wall }) => `${cpu.toFixed(2)} (${wall.toFixed(1)})`);
    console.log([name, ...cells, ratio.toFixed(2)].join(" | "));
  }
}

async function measure(people: number, entries: number): Promise<void> {
  const storage = mkdtempSync(join("/dev/shm", "flagship-million-"));
  const settings = { variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "3600000" }, storage };
  let service = await Service.start(settings);
  try {
    const [host, guest] = [person("Host"), person("Guest")];
    const sizes = [0, 10_000, entries];
    const subjects: Subject[] = [];
    for (const size of sizes) {
      const first = `said-${said + 1}`;
      const id = await begin(service, host, guest, people);
      subjects.push({ name: "", id, entries: size, first });
    }
    await service.stop();
    for (const subject of subjects) {
      subject.entries = grow(storage, subject.id, subject.entries);
      subject.name = `${subject.entries.toLocaleString("en")} entries`;
    }
    service = await Service.start(settings);
    const api = new Api(service, host);
    const write = ({ id }: Subject) =>
      api.post(`sessions/${id}/messages`, { roomId: "main", content: "hello" });
    const requests: [string, (subject: Subject) => Promise<unknown>][] = [
      ["list the rooms", ({ id }) => api.get(`sessions/${id}/breakout-rooms`)],
      ["the whole session", ({ id }) => api.get(`sessions/${id}`)],
      ["a message", write],
    ];
    const evict = ({ id }: Subject) => service.evict(id);

    await table("Once, a session from before there were runs of keys", subjects, 1, [
      ["its first message", (subject) => cost(() => write(subject))],
    ]);
    for (const { id } of subjects) {
      const command = direct(guest);
      await api.post(`sessions/${id}/commands`, { id: "direct", command });
    }
    await table(
      "A wake, with the request that it is for",
      subjects,
      REPEATS,
      requests.map(([name, request]) => [
        name,
        async (subject) => {
          await evict(subject);
          return cost(() => request(subject));
        },
      ]),
    );
    // What was said before the journal was grown: in a run by then, or merged into one.
    const retry = async ({ id, first }: Subject) => {
      const command = { type: "send_message", roomId: "main", content: CONTENT };
      const again = () => api.post<Ack>(`sessions/${id}/commands`, { id: first, command });
      let answer: Answer<Ack> | undefined;
      const spent = await cost(async () => {
        answer = await again();
      });
      if (!answer?.body.duplicate) throw new Error(`a retry was not known: ${answer?.text}`);
      return spent;
    };
    const middle = (path: string) => (subject: Subject) => {
      const before = Math.floor(subject.entries / 2);
      return cost(() => api.get(`sessions/${subject.id}/${path.replace("MIDDLE", `${before}`)}`));
    };
    await table("Awake", subjects, REPEATS, [
      ...requests.map(([name, request]): [string, (subject: Subject) => Promise<Cost>] => [
        name,
        (subject) => cost(() => request(subject)),
      ]),
      ["a page from the middle", middle("messages?room=main&before=MIDDLE&limit=50")],
      ["a page from the beginning", middle("messages?room=main&before=60&limit=50")],
      ["direct messages", middle("direct-messages?limit=50")],
      ["a search that finds nothing", middle("search?q=nowhere")],
      ["a retry of an old command", retry],
    ]);
    await table("The debrief", subjects, 3, [["debrief", middle("debrief")]]);

    const clients = new Map<Subject, Client>();
    for (const subject of subjects) {
      clients.set(subject, await Client.join(service, subject.id, host));
    }
    await table(`${MESSAGES.toLocaleString("en")} messages, 64 at once`, subjects, ROUNDS, [
      ["said", (subject) => cost(() => say(clients.get(subject) as Client, MESSAGES))],
    ]);
    await Promise.all([...clients.values()].map((client) => client.close()));
  } finally {
    await service.stop();
    rmSync(storage, { recursive: true, force: true });
  }
}

const [people = 1_000, entries = 1_000_000] = process.argv.slice(2).map(Number);
await measure(people, entries);
