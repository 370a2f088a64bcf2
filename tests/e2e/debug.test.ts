// The two debug routes answer why somebody may or may not do something, and change nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  COMMANDS,
  type DebugPermissions,
  type DryRun,
  type Role,
} from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";
import { assertUnchanged } from "./support/unchanged.ts";

const service = await startService();

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  return { ada, grace, session, host };
}

const permissionsOf = (who: Person, session: string) =>
  new Api(service, who).read<DebugPermissions>(`debug-breakout/${session}/debug-permissions`);

async function tryCreation(who: Person, session: string, body?: unknown): Promise<DryRun> {
  const path = `debug-breakout/${session}/test-breakout-creation`;
  const answer = await new Api(service, who).post<DryRun>(path, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

test("debug-permissions lists every command for every role, and changes nothing", async () => {
  const { ada, grace, session, host } = await scene();
  const mod = person("Mod");
  await Client.join(service, session, mod);
  await host.command({ type: "set_role", participantId: mod.id, role: "moderator" });
  const allowed: Record<Role, number> = { host: 42, moderator: 39, participant: 15 };
  await assertUnchanged(service, session, ada, async () => {
    for (const [who, role, registered] of [
      [ada, "host", true],
      [mod, "moderator", true],
      [grace, "participant", false],
    ] as const) {
      const said = await permissionsOf(who, session);
      assert.deepEqual([said.userId, said.role, said.registered], [who.id, role, registered]);
      assert.equal(said.refused, undefined);
      assert.deepEqual(
        said.permissions.map((entry) => entry.command),
        [...COMMANDS],
      );
      assert.equal(said.permissions.filter((entry) => entry.allowed).length, allowed[role]);
      for (const entry of said.permissions) {
        assert.equal(entry.allowed, entry.needs.includes(role), entry.command);
        assert.equal(entry.error === undefined, entry.allowed);
        if (!entry.error) continue;
        const { code, needs, have } = entry.error;
        assert.deepEqual([code, needs, have], ["forbidden", entry.needs, role]);
      }
    }
  });
});

test("debug-permissions says what keeps somebody out", async () => {
  const { ada, grace, session, host } = await scene();
  await Client.join(service, session, grace);
  await host.command({ type: "ban_participant", participantId: grace.id });
  await host.command({ type: "update_session", locked: true });
  await assertUnchanged(service, session, ada, async () => {
    for (const [who, code] of [
      [grace, "banned"],
      [person("Alan"), "session_locked"],
    ] as const) {
      const said = await permissionsOf(who, session);
      assert.deepEqual([said.registered, said.refused?.code], [false, code]);
      assert.ok(said.permissions.every((entry) => !entry.allowed && entry.error?.code === code));
    }
  });
  await host.command({ type: "end_session" });
  const ended = await permissionsOf(ada, session);
  const goesOn = ended.permissions.filter(({ allowed }) => allowed).map(({ command }) => command);
  const moderation = [
    "delete_message",
    "remove_participant",
    "ban_participant",
    "unban_participant",
  ];
  assert.deepEqual(goesOn.sort(), moderation.sort());
  const refused = ended.permissions.filter(({ allowed }) => !allowed);
  assert.ok(refused.every((entry) => entry.error?.code === "session_ended"));
});

test("test-breakout-creation says what would happen, and nothing does", async () => {
  const { ada, grace, session } = await scene();
  await assertUnchanged(service, session, ada, async () => {
    const would = await tryCreation(ada, session, { name: "Trial", capacity: 3 });
    assert.equal(would.wouldSucceed, true);
    assert.deepEqual([would.room?.name, would.room?.capacity], ["Trial", 3]);
    assert.ok(would.checks.length > 0 && would.error === undefined);
    assert.equal((await tryCreation(ada, session)).wouldSucceed, true, "without a body");

    const wouldNot = await tryCreation(grace, session, { name: "Trial" });
    assert.equal(wouldNot.wouldSucceed, false);
    assert.deepEqual(
      [wouldNot.error?.code, wouldNot.error?.needs, wouldNot.error?.have],
      ["forbidden", ["host", "moderator"], "participant"],
    );
    assert.ok(wouldNot.checks.at(-1)?.startsWith("refused"));
  });
});

test("the debug routes refuse as the others do", async () => {
  const { ada, session } = await scene();
  const api = new Api(service, ada);
  const unknown = { code: "session_not_found", status: 404 } as const;
  assertProblem(await api.get("debug-breakout/nothing-here/debug-permissions"), unknown);
  assertProblem(await api.post("debug-breakout/nothing-here/test-breakout-creation"), unknown);
  const creation = `debug-breakout/${session}/test-breakout-creation`;
  for (const [body, field] of [
    [{ name: "" }, "name"],
    [{ capacity: 0 }, "capacity"],
  ] as const) {
    assertProblem(await api.post(creation, body), { code: "invalid", status: 422, field });
  }
});
