// Several hosts at once: what was decided from an old view is refused with what is so by now, and changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, Participant } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";

const service = await startService();

/** Two hosts, two people and two open rooms. */
async function scene() {
  const [ada, grace, linus, ken] = [
    person("Ada"),
    person("Grace"),
    person("Linus"),
    person("Ken"),
  ] as const;
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const other = await Client.join(service, session, grace);
  const guest = await Client.join(service, session, linus);
  await Client.join(service, session, ken);
  await host.command({ type: "set_role", participantId: grace.id, role: "host" });
  const room = async (name: string) =>
    (await host.command({ type: "create_room", name })).result.room?.id ?? "";
  const [blue, red] = [await room("Blue"), await room("Red")];

  /** Refused over the socket and over HTTP, with somebody as they are now. */
  const isStale = async (who: Client, as: typeof ada, command: Command, now: object) => {
    await assertUnchanged(service, session, ada, async () => {
      const error = await who.refused(command);
      assert.equal(error.code, "stale");
      assertHas(error.currentParticipant, now);
      const answer = await new Api(service, as).post(`sessions/${session}/commands`, { command });
      const problem = assertProblem(answer, { code: "stale", status: 409 });
      assertHas(problem.currentParticipant, now);
    });
  };
  return { ada, grace, linus, ken, session, host, other, guest, blue, red, isStale };
}

function assertHas(person: Participant | undefined, parts: object): void {
  const known = new Map(Object.entries(person ?? {}));
  for (const [name, value] of Object.entries(parts)) assert.deepEqual(known.get(name), value, name);
}

test("an assignment takes nobody out of a room in which they were not seen", async () => {
  const { grace, linus, host, other, blue, red, isStale } = await scene();
  await host.command({ type: "move_participant", participantId: linus.id, roomId: blue });
  const assign = (expectedLocationId: string): Command => ({
    type: "assign",
    assignments: [
      { participantId: linus.id, roomId: red, expectedRoomId: null, expectedLocationId },
    ],
  });
  await isStale(other, grace, assign("main"), { id: linus.id, roomId: blue });
  await other.command(assign(blue));
  assert.equal(other.view.participants.get(linus.id)?.roomId, red);
});

test("two people change places once, however many hosts want it", async () => {
  const { grace, linus, ken, host, other, blue, isStale } = await scene();
  await host.command({ type: "move_participant", participantId: linus.id, roomId: blue });
  const swap: Command = {
    type: "swap_participants",
    participantId: linus.id,
    otherParticipantId: ken.id,
    expected: { roomId: blue, assignedRoomId: null },
    otherExpected: { roomId: "main", assignedRoomId: null },
  };
  await host.command(swap);
  await isStale(other, grace, swap, { id: linus.id, roomId: "main" });
  assert.equal(other.view.participants.get(ken.id)?.roomId, blue);
});

test("a role that another host gave is not taken back unseen", async () => {
  const { grace, linus, host, other, isStale } = await scene();
  const give = (role: "host" | "moderator"): Command => ({
    type: "set_role",
    participantId: linus.id,
    role,
    expectedRole: "participant",
  });
  await host.command(give("host"));
  await isStale(other, grace, give("moderator"), { id: linus.id, role: "host" });
});

test("whoever was moved is not taken away from there by what they asked before", async () => {
  const { linus, host, guest, blue, red, isStale } = await scene();
  await host.command({ type: "move_participant", participantId: linus.id, roomId: red });
  const join: Command = { type: "join_room", roomId: blue, expectedRoomId: "main" };
  await isStale(guest, linus, join, { id: linus.id, roomId: red });
  await guest.command({ ...join, expectedRoomId: red });
  assert.equal(guest.view.participants.get(linus.id)?.roomId, blue);
});

test("nobody is recalled from a round that was not seen", async () => {
  const { linus, host, other, blue } = await scene();
  await other.settle();
  const seen = other.view.rooms.get(blue)?.version ?? 0;
  await host.command({ type: "close_rooms", roomIds: [blue], countdownMs: 0 });
  const assignments = [{ participantId: linus.id, roomId: blue }];
  await host.command({ type: "assign", assignments });
  await host.command({ type: "open_rooms", roomIds: [blue] });
  const recall = (version: number): Command => ({
    type: "recall_rooms",
    expectedVersions: { [blue]: version },
  });
  const error = await other.refused(recall(seen));
  assert.deepEqual([error.code, error.current?.id], ["stale", blue]);
  await other.settle();
  assert.equal(other.view.participants.get(linus.id)?.roomId, blue);
  await other.command(recall(error.current?.version ?? 0));
  assert.equal(other.view.participants.get(linus.id)?.roomId, "main");
});
