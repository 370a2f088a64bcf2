// A session is over, and somebody has to take back what was said in it, or to keep somebody from reading on.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessagesPage } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { startService } from "./support/service.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

async function scene() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  const said = (await guest.say("main", "abuse")).result.message?.id as string;
  await host.command({ type: "end_session" });
  return { ada, grace, session, path: `sessions/${session}`, host, guest, said };
}

interface Row {
  content: string;
  deleted_by: string | null;
}

test("a host deletes what was said, for all who look and in the archive", async () => {
  const { ada, grace, session, path, host, guest, said } = await scene();
  const rows = () =>
    service.database.query<Row>(
      "SELECT content, deleted_by FROM messages WHERE session_id = ? AND id = ?",
      session,
      said,
    );
  await until("it is archived as it was said", async () => (await rows())[0]?.content === "abuse");
  const [ended] = await service.database.query<{ ended_at: number }>(
    "SELECT ended_at FROM sessions WHERE id = ?",
    session,
  );
  await service.evict(session);
  await host.command({ type: "delete_message", messageId: said });
  await guest.settle();
  for (const { view } of [host, guest]) {
    assert.equal(view.messages("main")[0]?.content, "");
    assert.deepEqual(view.faults, []);
  }
  for (const who of [ada, grace]) {
    const page = await new Api(service, who).read<MessagesPage>(`${path}/messages?room=main`);
    assert.deepEqual(
      page.messages.map(({ content, deletedBy }) => [content, deletedBy]),
      [["", ada.id]],
    );
  }
  await until("the archive has forgotten it", async () => {
    const [row] = await rows();
    return row?.content === "" && row.deleted_by === ada.id;
  });
  const sql = "SELECT ended_at, state FROM sessions WHERE id = ?";
  assert.deepEqual(await service.database.query(sql, session), [
    { ended_at: ended?.ended_at, state: "ended" },
  ]);
});

test("who is banned after the end reads no more, live or later", async () => {
  const { grace, path, host, guest } = await scene();
  await host.command({ type: "ban_participant", participantId: grace.id });
  assert.equal((await guest.closed).code, 4403);
  const banned = { code: "banned", status: 403 } as const;
  const api = new Api(service, grace);
  for (const route of [path, `${path}/messages?room=main`, `${path}/events`]) {
    assertProblem(await api.get(route), banned);
  }
  await host.command({ type: "unban_participant", participantId: grace.id });
  assert.equal((await api.get(`${path}/messages?room=main`)).status, 200);
});

test("nothing else changes any more", async () => {
  const { path, host, guest, grace } = await scene();
  assert.equal((await host.refused({ type: "create_room", name: "One" })).code, "session_ended");
  const more = { type: "send_message", roomId: "main", content: "more" } as const;
  assert.equal((await guest.refused(more)).code, "session_ended");
  const api = new Api(service, grace);
  const posted = await api.post(`${path}/messages`, { roomId: "main", content: "more" });
  assertProblem(posted, { code: "session_ended", status: 409 });
});
