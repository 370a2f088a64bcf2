// What a message costs, counted: frames, bytes and rows. Counts are the same on every machine, so that
// a change which makes the hot path dearer is seen whatever else the machine does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  BEARER_SUBPROTOCOL_PREFIX,
  type ClientFrame,
  type ServerFrame,
  SUBPROTOCOL,
} from "../../client/core/src/generated/protocol.ts";
import { at } from "../../scripts/lib/project.mjs";
import { Api } from "./support/api.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Recorder } from "./support/recorder.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const PEOPLE = 20;
/** Each person says so much in one go: what fits one array of frames. */
const SAID = 64;
const MESSAGES = PEOPLE * SAID;

/** Rows of the object: one a message; snapshots, checkpoints, the archive's position and its alarm beside it. */
const MOST_OBJECT_ROWS = 1.05;
/** Rows of D1: one a message. */
const MOST_DATABASE_ROWS = 1.01;
/** At worst each person's array is a turn of its own, with a frame for each of the others. */
const MOST_FRAMES = (PEOPLE + 2) / MESSAGES;
/** An event of 64 bytes of content, with all that belongs to it; in a frame of many. */
const MOST_BYTES = 340;

interface Rows {
  object: number;
  database: number;
  alarms: number;
}

const service = await startService({
  front: readFileSync(at("bench", "flagship", "counting.mjs"), "utf8"),
  variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "1000" },
});

const rows = async () => (await (await fetch(new URL("/bench/rows", service.base))).json()) as Rows;

/** A socket that counts what comes, and what of it brings messages. */
class Listener {
  readonly frames = new Recorder<ServerFrame>("frame");
  /** Messages of the socket, whatever is in them. */
  all = 0;
  texts = 0;
  bytes = 0;
  heard = 0;
  readonly #socket: WebSocket;

  constructor(session: string, who: Person) {
    const url = new URL(`/api/sessions/${session}/socket`, service.base);
    url.protocol = "ws:";
    this.#socket = new WebSocket(url, [SUBPROTOCOL, `${BEARER_SUBPROTOCOL_PREFIX}${who.token}`]);
    this.#socket.addEventListener("open", () => this.send({ type: "hello" }));
    this.#socket.addEventListener("message", ({ data }) => this.#receive(String(data)));
  }

  send(frames: ClientFrame | ClientFrame[]): void {
    this.#socket.send(JSON.stringify(frames));
  }

  #receive(text: string): void {
    this.all += 1;
    const frames = [JSON.parse(text) as ServerFrame | ServerFrame[]].flat();
    const events = frames.filter((frame) => frame.type === "events");
    if (events.some(({ stream }) => stream === "room:main")) {
      this.texts += 1;
      this.bytes += events.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0);
      this.heard += events.reduce((sum, frame) => sum + frame.events.length, 0);
    }
    for (const frame of frames) this.frames.push(frame);
  }

  close(): void {
    this.#socket.close();
  }
}

test("frames, bytes and rows of a message stay within what they were", async () => {
  const host = person("Host");
  const session = await new Api(service, host).createSession("Costs");
  const everybody = [host, ...Array.from({ length: PEOPLE - 1 }, () => person("Guest"))];
  const listeners = everybody.map((who) => new Listener(session.id, who));
  await Promise.all(listeners.map(({ frames }) => frames.find(({ type }) => type === "welcome")));
  await until("all arrivals are archived", () => archived(PEOPLE, session.id, "members"));
  const before = await rows();

  for (const [number, listener] of listeners.entries()) {
    listener.send(
      Array.from({ length: SAID }, (_, n) => ({
        type: "command",
        id: `k-${number}-${n}`,
        command: { type: "send_message", roomId: "main", content: "x".repeat(64) },
      })),
    );
  }
  await until("everybody has heard everything", async () =>
    listeners.every(({ heard }) => heard >= MESSAGES),
  );
  await until("all is archived", () => archived(MESSAGES, session.id, "messages"));
  const after = await rows();

  const per = (what: keyof Rows) => (after[what] - before[what]) / MESSAGES;
  const deliveries = PEOPLE * MESSAGES;
  const sum = (what: "texts" | "bytes" | "heard") =>
    listeners.reduce((total, listener) => total + listener[what], 0);
  const costs = {
    object: per("object") + per("alarms"),
    database: per("database"),
    frames: sum("texts") / deliveries,
    bytes: sum("bytes") / deliveries,
  };
  console.log(JSON.stringify(costs));
  assert.equal(sum("heard"), deliveries, "everything once");
  assert.ok(costs.object <= MOST_OBJECT_ROWS, `${costs.object} rows of the object`);
  assert.ok(costs.database <= MOST_DATABASE_ROWS, `${costs.database} rows of D1`);
  assert.ok(costs.frames <= MOST_FRAMES, `${costs.frames} frames a delivery`);
  assert.ok(costs.bytes <= MOST_BYTES, `${costs.bytes} bytes a delivery`);
  for (const listener of listeners) listener.close();
});

test("a few messages wait for nothing: each goes out in its own turn", async () => {
  const host = person("Host");
  const session = await new Api(service, host).createSession("Quiet");
  const everybody = [host, ...Array.from({ length: 4 }, () => person("Guest"))];
  const listeners = everybody.map((who) => new Listener(session.id, who));
  await Promise.all(listeners.map(({ frames }) => frames.find(({ type }) => type === "welcome")));
  for (const [number, listener] of listeners.entries()) {
    const command = { type: "send_message", roomId: "main", content: "hello" } as const;
    listener.send({ type: "command", id: `k-${number}`, command });
  }
  await until("everybody has heard everything", () =>
    listeners.every(({ heard }) => heard === everybody.length),
  );
  for (const { texts } of listeners) assert.equal(texts, everybody.length, "a frame for each");
  for (const listener of listeners) listener.close();
});

test("people who are moved, and people who go, are told of together", async () => {
  const host = person("Host");
  const api = new Api(service, host);
  const session = await api.createSession("Moves");
  const first = new Listener(session.id, host);
  await first.frames.find(({ type }) => type === "welcome");
  const rooms: string[] = [];
  for (const name of ["Blue", "Red"]) {
    const path = `sessions/${session.id}/breakout-rooms`;
    rooms.push((await api.post<{ room: { id: string } }>(path, { name })).body.room.id);
  }
  const guests = Array.from({ length: PEOPLE - 1 }, () => person("Guest"));
  const listeners = guests.map((who) => new Listener(session.id, who));
  await Promise.all(listeners.map(({ frames }) => frames.find(({ type }) => type === "welcome")));
  await until("all see all", () => listeners.every((one) => isThere(one, guests.length)));

  /** Every command of the host in one message: so they are handled in one turn, on every machine. */
  const rule = (name: string, commands: Extract<ClientFrame, { type: "command" }>["command"][]) =>
    first.send(commands.map((command, n) => ({ type: "command", id: `${name}-${n}`, command })));

  const before = listeners.map(({ all }) => all);
  rule(
    "move",
    guests.map(({ id }, n) => ({
      type: "move_participant",
      participantId: id,
      roomId: rooms[n % rooms.length] as string,
    })),
  );
  const told = ({ frames }: Listener) =>
    frames.items.some((frame) => frame.type === "notice" && frame.code === "streams_changed");
  await until("all are told", () => listeners.every(told));
  for (const [n, { all }] of listeners.entries()) {
    assert.equal(all - (before[n] as number), 1, "one message for all the moves");
  }

  const [staying, going] = [listeners.slice(0, 3), guests.slice(3)];
  rule(
    "remove",
    going.map(({ id }) => ({ type: "remove_participant", participantId: id })),
  );
  const removed = ({ frames }: Listener) =>
    frames.items
      .flatMap((frame) => (frame.type === "events" ? frame.events : []))
      .filter(({ type }) => type === "participant_removed").length;
  await until("all hear of it", () => staying.every((one) => removed(one) === going.length));
  for (const [n, { all }] of staying.entries()) {
    const messages = all - (before[n] as number) - 1;
    assert.ok(messages <= 2, `${messages} messages for ${going.length} people who went`);
  }
  for (const listener of [first, ...listeners]) listener.close();
});

/** Whether somebody has heard of so many connections. */
function isThere({ frames }: Listener, count: number): boolean {
  const connected = new Set<string>();
  for (const frame of frames.items) {
    if (frame.type === "welcome")
      for (const id of frame.snapshot?.connected ?? []) connected.add(id);
    if (frame.type === "presence") for (const id of frame.connected) connected.add(id);
  }
  return connected.size > count;
}

async function archived(count: number, session: string, table: "members" | "messages") {
  const sql = `SELECT count(*) AS n FROM ${table} WHERE session_id = ?`;
  const [found] = await service.database.query<{ n: number }>(sql, session);
  return found?.n === count;
}
