// Somebody who was never in a room learns nothing of what is said there, whichever way they ask or listen.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../../client/core/src/generated/protocol.ts";
import { Api, assertProblem } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Poller } from "./support/poller.ts";
import { routes } from "./support/routes.ts";
import { startService } from "./support/service.ts";
import { Streamer } from "./support/streamer.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

const service = await startService();

const SECRET = /secret/;

test("what is said in a room reaches nobody else, by no route, frame, poll or stream", async () => {
  const [ada, grace, alan, mary] = [person("Ada"), person("Grace"), person("Alan"), person("Mary")];
  const api = new Api(service, alan);
  const session = (await new Api(service, ada).createSession()).id;
  const path = `sessions/${session}`;
  const host = await Client.join(service, session, ada);
  const member = await Client.join(service, session, grace);
  const outsider = await Client.join(service, session, alan);
  const other = await Client.join(service, session, mary);
  const stream = await Streamer.open(service, session, alan);
  const poller = new Poller(service, session, alan);
  await poller.poll();
  poller.start();

  const rooms: string[] = [];
  for (const name of ["Blue", "Red"]) {
    rooms.push((await host.command({ type: "create_room", name })).result.room?.id ?? "");
  }
  const [blue = "", red = ""] = rooms;
  await member.command({ type: "join_room", roomId: blue });
  await other.command({ type: "join_room", roomId: red });
  const said = (await member.say(blue, "a secret of Blue")).result.message as Message;
  await host.say(blue, "another secret");
  await member.command({ type: "edit_message", messageId: said.id, content: "the secret, mended" });
  await host.command({ type: "react_to_message", messageId: said.id, emoji: "👍", added: true });
  member.send({ type: "typing", roomId: blue });
  member.send({ type: "cursor", received: { [`room:${blue}`]: 1 }, read: { [`room:${blue}`]: 1 } });
  await member.settle();
  await host.say("main", "the end");
  await until("the end reaches all", () =>
    [outsider, other, stream, poller].every(({ view }) => view.messages("main").length === 1),
  );
  await poller.stop();
  await stream.stop();

  for (const { frames } of [outsider, other, stream, poller]) {
    assert.doesNotMatch(JSON.stringify(frames.items), SECRET);
    const typing = frames.items.filter(({ type }) => type === "typing" || type === "receipts");
    assert.deepEqual(typing, []);
  }
  const names = { session, room: blue, message: said.id, participant: grace.id };
  for (const { method, path, options, isOfSession } of routes(names)) {
    // What changes the room is refused for other reasons, and tested where they are.
    if (!isOfSession || path.endsWith("/join") || method === "DELETE") continue;
    const { text } = await api.request(method, path, options);
    assert.doesNotMatch(text, SECRET, `${method} ${path}`);
  }
  const notIn = { code: "not_in_room", status: 403 } as const;
  for (const what of ["messages?", "receipts?", "search?q=secret&"]) {
    assertProblem(await api.get(`${path}/${what}room=${blue}`), notIn, what);
  }
  const unknown = { code: "message_not_found", status: 404 } as const;
  assertProblem(await api.get(`${path}/messages/${said.id}`), unknown);
  for (const command of [
    { type: "edit_message", messageId: said.id, content: "x" },
    { type: "delete_message", messageId: said.id },
    { type: "react_to_message", messageId: said.id, emoji: "👍", added: true },
  ]) {
    assertProblem(await api.post(`${path}/commands`, { command }), unknown, command.type);
  }
  // Not after a sleep, nor by coming anew.
  await service.evict(session);
  const fresh = await Client.join(service, session, alan);
  await fresh.settle();
  assert.doesNotMatch(JSON.stringify(fresh.frames.items), SECRET);
  // Those in it have all of it.
  assert.deepEqual(
    member.view.messages(blue).map(({ content }) => content),
    ["the secret, mended", "another secret"],
  );
});
