// What is measured: Flagship and its peers, how each is started, and who connects where.

import { BEARER_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from "../client/core/src/generated/protocol.ts";
import { at } from "../scripts/lib/project.mjs";
import { Api } from "../tests/e2e/support/api.ts";
import { type Settings, UNCOUNTED } from "../tests/e2e/support/options.ts";
import type { Running } from "../tests/e2e/support/service.ts";
import { person } from "../tests/e2e/support/tokens.ts";
import { type Member, type Plan, program } from "./generator.ts";
import type { Server } from "./server.ts";
import type { Shape } from "./shapes.ts";

export interface Target {
  name: string;
  /**
   * What it promises. `transport`: nothing; `durable`: what is acknowledged is kept; `floor`: no
   * server at all, but what shows how far the generator itself goes.
   */
  table: "transport" | "durable" | "floor";
  protocol: Plan["protocol"];
  /** The program and its arguments. */
  command: readonly string[];
  /** Everybody who connects; makes the rooms if they have to be made. */
  people(server: Server, shape: Shape): Promise<Member[]> | Member[];
}

const peer = (file: string) => at("bench", "peers", file);

/** Somebody for each place of a shape, in a room that comes to be by being named. */
const named =
  (path: (room: string) => string) =>
  (_server: Server, { rooms, people }: Shape): Member[] =>
    Array.from({ length: rooms * people }, (_, n) => {
      const room = n % rooms;
      return { path: path(`r${room}`), room };
    });

const plain = named((room) => `/${room}`);
const party = named((room) => `/parties/room/${room}`);
const socketIo = named((room) => `/socket.io/?EIO=4&transport=websocket&room=${room}`);

/** One session with breakout rooms, or a session for each room. Hosts are among the people. */
async function flagship(server: Server, { rooms, people, apart }: Shape): Promise<Member[]> {
  const members: Member[] = [];
  const hosts = Array.from({ length: apart ? rooms : 1 }, () => person("Host"));
  for (const [index, host] of hosts.entries()) {
    // Nobody reads its log here.
    const api = new Api(server as unknown as Running, host);
    const session = await api.createSession("Bench");
    const ids: (string | undefined)[] = apart ? [undefined] : [];
    while (!apart && ids.length < rooms) {
      const path = `sessions/${session.id}/breakout-rooms`;
      const { body } = await api.post<{ room: { id: string } }>(path, { name: `R${ids.length}` });
      ids.push(body.room.id);
    }
    for (let n = 0; n < ids.length * people; n += 1) {
      const who = n === 0 ? host : person("Guest");
      const roomId = ids[n % ids.length];
      members.push({
        path: `/api/sessions/${session.id}/socket`,
        subprotocols: `${SUBPROTOCOL}, ${BEARER_SUBPROTOCOL_PREFIX}${who.token}`,
        room: apart ? index : n % ids.length,
        ...(roomId === undefined ? {} : { roomId }),
      });
    }
  }
  return members;
}

/** Settings as they are deployed, where the tests have others: the archive takes its time. But for pace: a bench sends more than people do. */
export const DEPLOYED: Settings = { variables: { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "10000" } };

/** The command that runs Flagship. */
export const flagshipCommand = (settings: Settings): readonly string[] => [
  "node",
  at("bench", "flagship", "server.ts"),
  JSON.stringify(settings),
];

export const TARGETS: readonly Target[] = [
  {
    name: "flagship",
    table: "durable",
    protocol: "flagship",
    command: flagshipCommand(DEPLOYED),
    people: flagship,
  },
  {
    name: "object, row per message",
    table: "durable",
    protocol: "plain_acked",
    command: ["node", peer("workerd.mjs"), "object", "stored"],
    people: plain,
  },
  {
    name: "object, gathering",
    table: "durable",
    protocol: "plain_acked",
    command: ["node", peer("workerd.mjs"), "gathered"],
    people: plain,
  },
  {
    name: "socket.io, SQLite recipe",
    table: "durable",
    protocol: "socket_io_acked",
    command: ["node", peer("socket.io/server.mjs"), "stored"],
    people: socketIo,
  },
  {
    name: "object",
    table: "transport",
    protocol: "plain",
    command: ["node", peer("workerd.mjs"), "object"],
    people: plain,
  },
  {
    name: "partyserver",
    table: "transport",
    protocol: "plain",
    command: ["node", peer("workerd.mjs"), "partyserver"],
    people: party,
  },
  {
    name: "socket.io",
    table: "transport",
    protocol: "socket_io",
    command: ["node", peer("socket.io/server.mjs")],
    people: socketIo,
  },
  {
    name: "socket.io, recovery",
    table: "transport",
    protocol: "socket_io",
    command: ["node", peer("socket.io/server.mjs"), "recovery"],
    people: socketIo,
  },
  {
    name: "socketioxide",
    table: "transport",
    protocol: "socket_io",
    command: [program("bench-socketioxide")],
    people: socketIo,
  },
  {
    name: "ws",
    table: "transport",
    protocol: "plain",
    command: ["node", peer("ws/server.mjs")],
    people: plain,
  },
  {
    name: "floor",
    table: "floor",
    protocol: "plain",
    command: [program("floor")],
    people: plain,
  },
];
