// What a delivery costs the server: CPU seconds of workerd per million deliveries of durable
// messages, in one room at saturation.
//
//   npm run bench:fanout [people] [messages]
//
// Ten people speak at once, each with a window of unanswered commands, everybody listens. Counts
// what arrives without reading it: the client must not be what is measured.

import { readdirSync, readFileSync } from "node:fs";
import { BEARER_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from "../client/core/src/generated/protocol.ts";
import { Api } from "../tests/e2e/support/api.ts";
import { UNCOUNTED } from "../tests/e2e/support/options.ts";
import { Service } from "../tests/e2e/support/service.ts";
import { person } from "../tests/e2e/support/tokens.ts";

const [people = 50, messages = 4_000] = process.argv.slice(2).map(Number);
const SPEAKERS = Math.min(10, people);
const WINDOW = 16;
const TICKS_PER_SECOND = 100;

/** CPU seconds, user and system, of the runtime that this process started. */
function serverSeconds(): number {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (name === "workerd" && Number(fields[1]) === process.pid) {
        ticks += Number(fields[11]) + Number(fields[12]);
      }
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks / TICKS_PER_SECOND;
}

interface Listener {
  socket: WebSocket;
  delivered: number;
  frames: number;
}

const count = (text: string, part: string) => text.split(part).length - 1;

async function listen(service: Service, session: string): Promise<Listener> {
  const url = new URL(`/api/sessions/${session}/socket`, service.base);
  url.protocol = "ws:";
  const socket = new WebSocket(url, [SUBPROTOCOL, BEARER_SUBPROTOCOL_PREFIX + person("P").token]);
  const listener = { socket, delivered: 0, frames: 0 };
  await new Promise<void>((resolve) => {
    socket.onopen = () => socket.send('{"type":"hello"}');
    socket.onmessage = ({ data }) => {
      if (String(data).startsWith('{"type":"welcome"')) resolve();
    };
  });
  return listener;
}

const variables = { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "3600000" };
const service = await Service.start({ variables });
try {
  const session = await new Api(service, person("Host")).createSession("Bench");
  const listeners: Listener[] = [];
  for (let n = 0; n < people; n += 1) listeners.push(await listen(service, session.id));

  let sent = 0;
  let settled = 0;
  const done = new Promise<void>((resolve) => {
    const finished = () =>
      settled === messages && listeners.every(({ delivered }) => delivered === messages);
    for (const [n, listener] of listeners.entries()) {
      const say = () => {
        if (n >= SPEAKERS || sent === messages) return;
        sent += 1;
        const content = "x".repeat(64);
        const command = { type: "send_message", roomId: "main", content };
        listener.socket.send(JSON.stringify({ type: "command", id: `k${sent}`, command }));
      };
      listener.socket.onmessage = ({ data }) => {
        const text = String(data);
        listener.frames += 1;
        listener.delivered += count(text, '"type":"message_created"');
        const acks = count(text, '"type":"ack"');
        settled += acks;
        for (let ack = 0; ack < acks; ack += 1) say();
        if (finished()) resolve();
      };
      for (let window = 0; window < WINDOW; window += 1) say();
    }
  });
  const [cpu, started] = [serverSeconds(), performance.now()];
  await done;
  const [seconds, wall] = [serverSeconds() - cpu, (performance.now() - started) / 1_000];
  const deliveries = messages * people;
  const frames = listeners.reduce((sum, listener) => sum + listener.frames, 0);
  console.log(
    `fan-out: ${people} people, ${messages} messages: ${((seconds / deliveries) * 1e6).toFixed(2)} CPU s of workerd per million deliveries, ` +
      `${Math.round(deliveries / wall)} deliveries/s, ${(frames / deliveries).toFixed(3)} frames per delivery`,
  );
  for (const { socket } of listeners) socket.close();
} finally {
  await service.stop();
}
