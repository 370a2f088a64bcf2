// Rounds on the server's own clock: forty people in eight rooms, whose time ends while no host is
// there and the object is out of memory.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Ack,
  Assignment,
  AssignmentProposal,
  Command,
  Debrief,
  Session,
  Snapshot,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { publicStreams } from "./support/view.ts";
import { until } from "./support/wait.ts";

const PEOPLE = 40;
const ROOMS = 8;

const service = await startService();

/** A host without a socket: every command over plain HTTP. */
async function stage() {
  const host = person("Host");
  const api = new Api(service, host);
  const session: Session = await api.createSession();
  const send = async (command: Command, id = crypto.randomUUID()) => {
    const answer = await api.post<Ack>(`sessions/${session.id}/commands`, { id, command });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  const look = () => api.read<Snapshot>(`sessions/${session.id}`);
  const rooms: string[] = [];
  for (let n = 0; n < ROOMS; n += 1) {
    const name = `Room ${n + 1}`;
    const created = await send({ type: "create_room", name, preparing: true });
    rooms.push(created.result.room?.id as string);
  }
  return { api, session: session.id, send, look, rooms };
}

const everywhere = (snapshot: Snapshot, people: Person[]) =>
  people.map(({ id }) => snapshot.participants.find((one) => one.id === id)?.roomId);

test("two rounds end by themselves while no host is there and the object sleeps", async () => {
  const { api, session, send, look, rooms } = await stage();
  const people = Array.from({ length: PEOPLE }, (_, n) => person(`P${n}`));
  const clients = await Promise.all(people.map((one) => Client.join(service, session, one)));
  await send({ type: "update_session", countdownMs: 1_000 });
  const expected: Visit[] = [];

  for (const round of [1, 2]) {
    const inRoom = (n: number) => rooms[(n + round) % ROOMS] as string;
    const assignments = people.map(
      ({ id }, n): Assignment => ({ participantId: id, roomId: inRoom(n) }),
    );
    await send({ type: "assign", assignments });
    await send({ type: "open_rooms", durationMs: 1_000 });
    const open = await look();
    assert.deepEqual(
      everywhere(open, people),
      people.map((_, n) => inRoom(n)),
    );
    assert.equal(open.session.round, round);
    for (const [n, client] of clients.entries()) {
      await until("they are told", () => `room:${inRoom(n)}` in client.view.positions);
    }
    await service.evict(session);

    const closed = (client: Client) =>
      client.view.events.filter(({ type }) => type === "breakout_room_closed").length;
    for (const client of clients) {
      await until("every room closes", () => closed(client) === ROOMS * round);
    }
    const after = await look();
    assert.deepEqual(new Set(everywhere(after, people)), new Set(["main"]));
    for (const client of clients) {
      client.view.assertSameState(after);
      assert.deepEqual(publicStreams(client.view.positions), ["room:main", "session"]);
    }
    // To the moment: rooms begin to close when their time is up, and are empty when they said.
    const events = (clients[0] as Client).view.events.slice();
    const last = <Type extends string>(type: Type) =>
      events.findLast((event) => event.type === type) as Extract<
        (typeof events)[number],
        { type: Type }
      >;
    const [opened, closing] = [last("breakout_room_opened"), last("breakout_room_closing")];
    assert.equal(opened.room.endsAt, opened.at + 1_000);
    assert.equal(closing.room.closesAt, (opened.room.endsAt as number) + 1_000);
    const leftAt = last("breakout_room_closed").at;
    const late = leftAt - (closing.room.closesAt as number);
    assert.ok(late >= 0 && late < 1_000, `closed ${late} ms late`);
    for (const [n, { id }] of people.entries()) {
      const stay = { roomId: inRoom(n), enteredAt: opened.at, leftAt };
      expected.push({ round, participantId: id, ...stay, messages: 0 });
    }
  }
  await assertVisits(api, session, expected);
});

/** A line of the debrief: who was where and when. */
type Visit = Pick<
  Debrief["visits"][number],
  "round" | "participantId" | "roomId" | "enteredAt" | "leftAt" | "messages"
>;

/** The debrief tells exactly these stays, to the millisecond as JSON and as a table. */
async function assertVisits(api: Api, session: string, expected: Visit[]): Promise<void> {
  const order = (lines: string[]) => lines.sort();
  const debrief = await api.read<Debrief>(`sessions/${session}/debrief`);
  const line = ({ round, participantId, roomId, enteredAt, leftAt, messages }: Visit) =>
    JSON.stringify([round, participantId, roomId, enteredAt, leftAt, messages]);
  assert.deepEqual(order(debrief.visits.map(line)), order(expected.map(line)));
  assert.deepEqual(
    debrief.rounds.map(({ round, rooms }) => [round, rooms.length]),
    [
      [1, ROOMS],
      [2, ROOMS],
    ],
  );
  const table = (await api.get(`sessions/${session}/debrief?format=csv`)).text;
  const rows = table.trim().split("\r\n").slice(1);
  const iso = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
  const cells = rows.map((row) => row.split(","));
  assert.deepEqual(
    order(
      cells.map(([round, room, , id, , entered, left, count]) =>
        [round, room, id, entered, left, count].join(),
      ),
    ),
    order(
      expected.map(({ round, roomId, participantId, enteredAt, leftAt, messages }) =>
        [round, roomId, participantId, iso(enteredAt), iso(leftAt), messages].join(),
      ),
    ),
  );
}

test("the debrief is right to the second, as JSON and as a table", async () => {
  const { api, session, send, rooms } = await stage();
  const [grace, room] = [person('=Grace, "the" guest'), rooms[0] as string];
  const client = await Client.join(service, session, grace);
  await send({ type: "update_session", countdownMs: 1_000 });
  await send({ type: "assign", assignments: [{ participantId: grace.id, roomId: room }] });
  await send({ type: "open_rooms", durationMs: 1_000 });
  await until("she is in", () => `room:${room}` in client.view.positions);
  await client.say(room, "hello");
  await service.evict(session);
  const closed = () => client.view.events.filter(({ type }) => type === "breakout_room_closed");
  await until("every room closes", () => closed().length === ROOMS);

  const debrief = await api.read<Debrief>(`sessions/${session}/debrief`);
  const opened = client.view.events.find(({ type }) => type === "breakout_room_opened");
  const [openedAt, closedAt] = [opened?.at as number, closed()[0]?.at as number];
  const inRoom = { roomId: room, name: "Room 1", participantIds: [grace.id], messages: 1 };
  assert.deepEqual(debrief.rounds, [{ round: 1, openedAt, closedAt, rooms: [inRoom] }]);
  assert.ok(closedAt - openedAt >= 2_000 && closedAt - openedAt < 3_000, "a second each");
  const [visit, ...others] = debrief.visits;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [visit?.enteredAt, visit?.leftAt, visit?.messages, visit?.roomId],
    [openedAt, closedAt, 1, room],
  );
  assert.equal(debrief.rooms.find(({ roomId }) => roomId === room)?.visitors, 1);

  const table = await api.get(`sessions/${session}/debrief?format=csv`);
  assert.match(table.headers.get("content-type") ?? "", /^text\/csv/);
  const [header, line, ...rest] = table.text.split("\r\n");
  assert.equal(header, "round,room_id,room,participant_id,alias,entered_at,left_at,messages");
  assert.deepEqual(rest, [""]);
  const iso = (at: number) => new Date(at).toISOString();
  const alias = `"'=Grace, ""the"" guest"`;
  const start = `1,${room},Room 1,`;
  assert.ok(line?.startsWith(start), line);
  assert.ok(line?.endsWith(`${alias},${iso(openedAt)},${iso(closedAt)},1`), line);

  const guests = await new Api(service, grace).get<{ code: string }>(`sessions/${session}/debrief`);
  assert.deepEqual([guests.status, guests.body.code], [403, "forbidden"]);
  const odd = await api.get<{ field: string }>(`sessions/${session}/debrief?format=xml`);
  assert.deepEqual([odd.status, odd.body.field], [422, "format"]);
});

test("over rounds, nobody meets twice: proposed, looked at, and then assigned", async () => {
  const { api, session, send, look, rooms } = await stage();
  const people = Array.from({ length: 16 }, (_, n) => person(`P${n}`));
  await Promise.all(people.map((one) => Client.join(service, session, one)));
  const path = `sessions/${session}/assignment-proposals`;
  const ask = { strategy: "balanced", roomIds: rooms.slice(0, 4) };
  for (const round of [1, 2, 3]) {
    const before = await look();
    const proposed = await api.post<AssignmentProposal>(path, ask);
    assert.equal(proposed.status, 200, proposed.text);
    assert.deepEqual(await look(), before, "a proposal changes nothing");
    const { assignments, repeatedMeetings, unevenSizes, unplaced } = proposed.body;
    assert.deepEqual([assignments.length, repeatedMeetings, unevenSizes], [16, 0, 0]);
    assert.deepEqual(unplaced, []);
    await send({ type: "assign", assignments });
    await send({ type: "open_rooms" });
    assert.equal((await look()).session.round, round);
    await send({ type: "close_rooms", countdownMs: 0 });
  }
  const guest = await new Api(service, people[0]).post<{ code: string }>(path, ask);
  assert.deepEqual([guest.status, guest.body.code], [403, "forbidden"]);
  const odd = await api.post<{ field: string }>(path, { strategy: "astrology" });
  assert.deepEqual([odd.status, odd.body.field], [422, "strategy"]);
});

test("who is away when the rooms close comes back to main, and finds the rest", async () => {
  const { session, send, look, rooms } = await stage();
  const [grace, room] = [person("Grace"), rooms[0] as string];
  const client = await Client.join(service, session, grace);
  await send({ type: "assign", assignments: [{ participantId: grace.id, roomId: room }] });
  await send({ type: "open_rooms" });
  await until("she is in", () => `room:${room}` in client.view.positions);
  await client.say(room, "back in a moment");
  await client.close();
  await send({ type: "close_rooms", countdownMs: 0 });

  const { client: back, welcome } = await client.reconnect();
  assert.equal(welcome.resumed, true);
  assert.equal(welcome.self.roomId, "main");
  await back.settle();
  back.view.assertSameState(await look());
  await send({ type: "open_rooms", roomIds: [room] });
  const notice = await back.notice("streams_changed");
  assert.deepEqual(
    notice.messages.map(({ content }) => content),
    ["back in a moment"],
  );
});

test("somebody assigned who comes late goes to their room at once", async () => {
  const { session, send, rooms } = await stage();
  const [grace, room] = [person("Grace"), rooms[3] as string];
  const early = await Client.join(service, session, grace);
  await send({ type: "assign", assignments: [{ participantId: grace.id, roomId: room }] });
  await early.command({ type: "leave_session" });
  await early.closed;
  await send({ type: "open_rooms", durationMs: 60_000 });
  const late = await Client.open(service, session, { token: grace.token });
  const welcome = await late.hello();
  assert.equal(welcome.self.roomId, room);
  assert.ok(`room:${room}` in welcome.streams);
});

test("timers out of bounds, and rooms that are not, are refused by name", async () => {
  const { session, rooms } = await stage();
  const guest = await Client.join(service, session, person("Guest"));
  const raw = async (command: object) => {
    const id = crypto.randomUUID();
    const settled = guest.settled(id);
    guest.sendRaw(JSON.stringify({ type: "command", id, command }));
    const answer = await settled;
    assert.equal(answer.type, "nack");
    return answer.type === "nack" ? answer.error : undefined;
  };
  for (const durationMs of [0, -1, 999, 31_536_000_000, 1.5, "soon"]) {
    const error = await raw({ type: "open_rooms", durationMs });
    assert.deepEqual([error?.code, error?.field], ["invalid", "command.durationMs"]);
  }
  const countdown = await raw({ type: "close_rooms", countdownMs: 300_001 });
  assert.deepEqual([countdown?.code, countdown?.field], ["invalid", "command.countdownMs"]);
  const byGuest = await raw({ type: "open_rooms", roomIds: rooms });
  assert.deepEqual([byGuest?.code, byGuest?.have], ["forbidden", "participant"]);
});
