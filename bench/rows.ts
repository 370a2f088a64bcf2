// Rows that the platform would bill for a message: counted where they are written.

import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { at } from "../scripts/lib/project.mjs";
import { generate, type Phase } from "./generator.ts";
import { Server } from "./server.ts";
import { SHAPES, type Shape } from "./shapes.ts";
import { DEPLOYED, flagshipCommand, TARGETS } from "./targets.ts";

export interface Rows {
  /** Messages that it was counted over. */
  messages: number;
  /** Rows of the object's SQLite, for one message. */
  object: number;
  /** Rows of D1, for one message. */
  database: number;
  /** Alarms set, for one message: each is billed as a row. */
  alarms: number;
  total: number;
}

interface Counts {
  object: number;
  database: number;
  alarms: number;
}

/** The archive is at rest when nothing was written for this long: more than its interval. */
const REST_MS = 12_000;

const front = readFileSync(at("bench", "flagship", "counting.mjs"), "utf8");
const flagship = TARGETS.find(({ name }) => name === "flagship");
const room = SHAPES.find(({ name }) => name === "1x50") as Shape;

/** Rows per message under load, and at two messages a second. */
export async function countRows(): Promise<{ saturated: Rows; moderate: Rows }> {
  const server = await Server.start(flagshipCommand({ ...DEPLOYED, front }));
  let before = await atRest(server);

  /** What a crowd of its own writes while it comes in and does this. */
  const count = async (phases: Phase[]): Promise<Counts & { messages: number }> => {
    const messages = await load(server, phases);
    const after = await atRest(server);
    const [object, database, alarms] = [
      after.object - before.object,
      after.database - before.database,
      after.alarms - before.alarms,
    ];
    before = after;
    return { object, database, alarms, messages };
  };

  try {
    // Coming in writes rows too: as many people, and not a word.
    const joining = await count([]);
    const perMessage = async (phase: Phase): Promise<Rows> => {
      const { messages, ...counts } = await count([phase]);
      const per = (what: keyof Counts) => (counts[what] - joining[what]) / messages;
      const [object, database, alarms] = [per("object"), per("database"), per("alarms")];
      return { messages, object, database, alarms, total: object + database + alarms };
    };
    // Without a warm-up, so that every message counts.
    const warmUp = 0;
    return {
      saturated: await perMessage({
        type: "closed",
        name: "saturated",
        underWay: 160,
        warmUp,
        warmUpMessages: 0,
        seconds: 3,
      }),
      moderate: await perMessage({ type: "open", name: "moderate", rate: 2, warmUp, seconds: 15 }),
    };
  } finally {
    await server.stop();
  }
}

/** A crowd comes in and does this; how many messages it sent. */
async function load(server: Server, phases: Phase[]): Promise<number> {
  if (!flagship) throw new Error("Flagship is not among the targets");
  const connections = await flagship.people(server, room);
  const { figures } = await generate({
    address: `127.0.0.1:${server.port}`,
    server: server.pid,
    protocol: flagship.protocol,
    connections,
    joining: connections.length,
    size: 64,
    seed: 1,
    phases,
  });
  return figures.reduce((sum, { messages }) => sum + messages, 0);
}

async function atRest(server: Server): Promise<Counts> {
  let last = "";
  for (;;) {
    const response = await fetch(new URL("/bench/rows", server.base));
    const now = await response.text();
    if (now === last) return JSON.parse(now) as Counts;
    last = now;
    await setTimeout(REST_MS);
  }
}
