// Ways into a room that is locked, and where people go who come late.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { claims, hs256, person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

async function locked() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const api = new Api(service, ada);
  const session = (await api.createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const room = (await host.command({ type: "create_room", name: "Blue" })).result.room
    ?.id as string;
  await host.command({ type: "update_room", roomId: room, locked: true });
  return { api, ada, grace, session, host, guest, room };
}

test("a knock is seen, admitted, and all of one's connections move together", async () => {
  const { api, grace, session, host, guest, room } = await locked();
  const tab = await Client.join(service, session, grace);
  assert.equal((await guest.refused({ type: "join_room", roomId: room })).code, "room_locked");
  await guest.command({ type: "knock", roomId: room });
  await until("it is seen", () => host.view.participants.get(grace.id)?.knockingRoomId === room);
  await host.command({ type: "answer_knock", participantId: grace.id, admit: true });
  for (const client of [guest, tab]) {
    await until("they follow the room", () => `room:${room}` in client.view.positions);
  }
  const snapshot = await api.read<Snapshot>(`sessions/${session}`);
  for (const client of [host, guest, tab]) client.view.assertSameState(snapshot);
});

test("an invitation stays for later, and opens the lock", async () => {
  const { grace, session, host, guest, room } = await locked();
  await host.command({ type: "invite_participants", participantIds: [grace.id], roomId: room });
  await guest.command({ type: "answer_invitation", answer: "later" });
  const { client: back } = await guest.reconnect();
  await service.evict(session);
  await back.command({ type: "answer_invitation", answer: "accept" });
  await until("they are in", () => back.view.participants.get(grace.id)?.roomId === room);
  const again = await back.refused({ type: "answer_invitation", answer: "accept" });
  assert.equal(again.code, "not_invited");
});

test("guests are assigned by e-mail and by alias before they arrive", async () => {
  const { api, session, host, room } = await locked();
  // Longer than any name: an address is never cut.
  const email = `${"lise.".repeat(12)}meitner@example.org`;
  await host.command({
    type: "assign_guests",
    assignments: [
      { key: email.toUpperCase(), roomId: room },
      { key: "emmy", roomId: room },
    ],
  });
  const token = hs256(claims("u-77", { alias: "Lise", email, email_verified: true }));
  const lise = await Client.join(service, session, { id: "u-77", alias: "Lise", token });
  const emmy = await Client.join(service, session, person("Emmy"));
  for (const client of [lise, emmy]) assert.ok(`room:${room}` in client.view.positions);
  const snapshot = await api.read<Snapshot>(`sessions/${session}`);
  assert.deepEqual(snapshot.moderation?.guests, []);
  assert.ok(!JSON.stringify(emmy.frames.items).includes("example.org"));
});

test("the seat of somebody who is expected by e-mail is taken with a verified address only", async () => {
  const { api, session, host, room } = await locked();
  const email = "lise@example.org";
  await host.command({ type: "assign_guests", assignments: [{ key: email, roomId: room }] });
  const comes = async (id: string, more: object) => {
    const token = hs256(claims(id, { alias: id, ...more }));
    const client = await Client.join(service, session, { id, alias: id, token });
    return `room:${room}` in client.view.positions;
  };
  const others = {
    "not verified": { email, email_verified: false },
    "not verified, in a text": { email, email_verified: "false" },
    "nothing said of it": { email },
    "by their own word": { email, user_metadata: { email, email_verified: true } },
    "as an alias": { alias: email },
    "as a name": { name: email, preferred_username: email, alias: undefined },
  };
  for (const [index, [what, more]] of Object.entries(others).entries()) {
    assert.equal(await comes(`eve-${index}`, more), false, what);
  }
  const eve = await api.read<Snapshot>(`sessions/${session}`);
  assert.equal(eve.moderation?.guests.length, 1, "she is still expected");
  assert.equal(await comes("lise", { email, email_verified: "true" }), true);
});

test("somebody who was removed is told, and may come back; muted, they are heard no more", async () => {
  const { grace, session, host, guest } = await locked();
  await host.command({ type: "mute_participant", participantId: grace.id, muted: true });
  const refused = await guest.refused({ type: "send_message", roomId: "main", content: "hi" });
  assert.equal(refused.code, "muted");
  await host.command({ type: "remove_participant", participantId: grace.id });
  assert.equal((await guest.closed).code, 4411);
  const back = await Client.join(service, session, grace);
  assert.equal(back.view.participants.get(grace.id)?.muted, true, "leaving does not help");
});
