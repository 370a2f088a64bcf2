// Nothing says who somebody is in an anonymous session: no answer over any route, no frame over any way, no row and no
// byte of what is stored, no line of the log. Everybody in it, the host included, has a token with a name, an address
// and a subject that would tell.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type {
  Command,
  Message,
  SessionBody,
  Ticket,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { routes } from "./support/routes.ts";
import { sampleCommands } from "./support/samples.ts";
import { Service, startService } from "./support/service.ts";
import { temporaryStorage } from "./support/storage.ts";
import { Streamer } from "./support/streamer.ts";
import { claims, hs256, type Person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

/** Somebody whose token tells who they are, in every claim that is read. */
function known(first: string, last: string): Person {
  const id = `${first}-${last}`;
  const name = `${first} ${last}`;
  return { id, alias: name, token: hs256(claims(id, { name, email: `${id}@example.org` })) };
}

const HOST = known("ada", "lovelace");
const [GRACE, ALAN, MARY, EDSGER] = [
  known("grace", "hopper"),
  known("alan", "turing"),
  known("mary", "jackson"),
  known("edsger", "dijkstra"),
] as const;

/** Whatever would say who one of them is, in any form that a token gives it. */
const REAL = /lovelace|grace|hopper|turing|jackson|edsger|dijkstra|example\.org/i;

const unknown = (text: string, what: string) => {
  const found = REAL.exec(text);
  const around = found && text.slice(Math.max(0, found.index - 100), found.index + 100);
  assert.equal(around, null, what);
};

const service = await startService();

async function gathering(service: Service) {
  const api = new Api(service, HOST);
  const body = { title: "Circle", anonymous: true };
  const key = crypto.randomUUID();
  const created = await api.post<SessionBody>("sessions", body, { key });
  assert.equal(created.status, 201, created.text);
  unknown(created.text, "the answer to who creates it");
  unknown((await api.post("sessions", body, { key })).text, "the same, asked again");
  return { api, session: created.body.session.id };
}

/** The ids of things as they are, in place of those in a sample. */
function aimed(command: Command, ids: Record<string, string>): Command {
  const text = JSON.stringify(command, (key, value) => {
    if (Array.isArray(value) || typeof value !== "string") return value;
    return ids[key] ?? ids[value] ?? value;
  });
  return JSON.parse(text) as Command;
}

test("no answer, frame, row, byte or line of the log says who somebody is", async () => {
  const storage = temporaryStorage();
  const service = await Service.start({ storage });
  let isOver = false;
  try {
    const { api, session } = await gathering(service);
    const path = `sessions/${session}`;
    // Each comes in by another way.
    const host = await Client.join(service, session, HOST);
    const guest = await Client.join(service, session, GRACE);
    const answer = await new Api(service, ALAN).post<Ticket>(`${path}/tickets`);
    const byTicket = await Client.open(service, session, { ticket: answer.body.ticket });
    await byTicket.hello();
    const unused = await new Api(service, ALAN).post<Ticket>(`${path}/tickets`);
    const stream = await Streamer.open(service, session, MARY);
    const poller = new Poller(service, session, EDSGER);
    await poller.poll();
    const told: [what: string, text: string][] = [
      ["a ticket", answer.text],
      ["another", unused.text],
    ];

    const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id ?? "";
    const selfOf = (client: Client | Streamer | Poller) => {
      const welcome = client.frames.items.find(({ type }) => type === "welcome");
      assert.ok(welcome?.type === "welcome");
      return welcome.self.id;
    };
    const [hostId, guestId] = [selfOf(host), selfOf(guest)];
    const pollerId = selfOf(poller);
    guest.send({ type: "auth", token: GRACE.token });
    await guest.notice("authenticated");
    guest.send({ type: "auth", token: ALAN.token });
    guest.send({ type: "typing", roomId: "main" });
    guest.send({ type: "typing", participantId: hostId });
    const message = (await guest.say("main", "said to all")).result.message as Message;
    await host.command({ type: "send_direct_message", participantId: guestId, content: "said" });
    guest.send({ type: "cursor", received: { "room:main": 1 }, read: { "room:main": 1 } });
    await guest.command({ type: "ask_for_help", kind: "alert", text: "said for help" });
    await host.command({
      type: "assign",
      assignments: [{ participantId: pollerId, roomId: room }],
    });

    const names = { session, room, message: message.id, participant: guestId };
    const ids = { participantId: guestId, otherParticipantId: pollerId, roomId: room };
    const others = { r3: room, m4: message.id, m5: message.id, grace: guestId, linus: pollerId };
    const commands = sampleCommands()
      .map((command) => aimed(command, { ...others, ...ids, messageId: message.id }))
      // Ends it for all, or needs what a sample names to be somebody's address.
      .filter(({ type }) => !["end_session", "leave_session", "assign_guests"].includes(type));
    const isLast = ({ type }: Command) => /^(ban|unban|remove|delete|hand)_/.test(type);
    for (const command of [...commands.filter((one) => !isLast(one)), ...commands.filter(isLast)]) {
      const sent = JSON.stringify(command).replace(/"(Grace|[^"]*@example.org)"/g, '"somebody"');
      for (const who of [GRACE, HOST]) {
        const answer = await new Api(service, who).post(`${path}/commands`, {
          command: JSON.parse(sent),
        });
        told.push([`${command.type} by ${who.id}`, answer.text]);
      }
    }
    for (const who of [HOST, GRACE, ALAN, known("never", "jackson")]) {
      for (const { method, path, options, isOfSession, name } of routes(names)) {
        if (!isOfSession || name.endsWith("/socket") || name.endsWith("/templates")) continue;
        const { text, headers } = await new Api(service, who).request(method, path, options);
        told.push([`${method} ${path} by ${who.id}`, `${[...headers]}${text}`]);
      }
    }
    for (const open of ["health", "metrics"]) {
      told.push([open, (await new Api(service).get(open)).text]);
    }
    await service.evict(session);
    const again = await Client.join(service, session, ALAN);
    await again.settle();
    await poller.poll().catch(() => undefined);
    await host.command({ type: "end_session" }).catch(() => undefined);
    told.push(["the debrief", (await api.get(`${path}/debrief`)).text]);

    for (const [what, text] of told) unknown(text, what);
    assert.ok(told.length > 150, `${told.length} answers`);
    for (const [what, client] of Object.entries({ host, guest, byTicket, again, stream, poller })) {
      assert.ok(client.frames.items.length > 0, `${what} has heard something`);
      unknown(JSON.stringify(client.frames.items), what);
    }
    const isWritten = async () => {
      const sql = "SELECT 1 FROM sessions WHERE id = ? AND ended_at IS NOT NULL";
      return (await service.database.query(sql, session)).length > 0;
    };
    await until("all is archived", isWritten);
    unknown(JSON.stringify(service.log.items), "the log");
    await service.stop();
    isOver = true;

    const files = readdirSync(storage, { recursive: true, withFileTypes: true });
    const kept = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name)).toString("latin1"));
    assert.ok(
      kept.filter((text) => text.includes("said to all")).length >= 2,
      "the object's storage and the archive were looked at",
    );
    for (const text of kept) unknown(text, "what is stored");
  } finally {
    if (!isOver) await service.stop();
  }
});

test("an address does not give somebody away by the seat that is kept for it", async () => {
  const { api, session } = await gathering(service);
  const host = await Client.join(service, session, HOST);
  const room = (await host.command({ type: "create_room", name: "Blue" })).result.room?.id ?? "";
  for (const key of [`${GRACE.id}@example.org`, GRACE.alias, GRACE.id]) {
    await host.command({ type: "assign_guests", assignments: [{ key, roomId: room }] });
  }
  const guest = await Client.join(service, session, GRACE);
  await host.settle();
  const welcome = guest.frames.items.find(({ type }) => type === "welcome");
  assert.ok(welcome?.type === "welcome");
  const { assignedRoomId, roomId } = welcome.self;
  assert.deepEqual([assignedRoomId, roomId], [null, "main"]);
  const list = await api.get(`sessions/${session}/assignments`);
  assert.ok(list.text.includes(`${GRACE.id}@example.org`), "the seat waits still");
});

test("somebody is another in each session, so that no two can be laid over each other", async () => {
  const ids = new Set<string>();
  for (let n = 0; n < 2; n += 1) {
    const { session } = await gathering(service);
    const client = await Client.open(service, session, { token: GRACE.token });
    ids.add((await client.hello()).self.id);
  }
  assert.equal(ids.size, 2);
});
