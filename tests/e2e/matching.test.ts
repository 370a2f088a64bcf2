// Groups by what people wrote about themselves: by meaning where a model is bound, by words elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Ack,
  AssignmentProposal,
  Command,
  ProposalRequest,
} from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { type Running, startService } from "./support/service.ts";
import { type Person, person } from "./support/tokens.ts";

/** Knows two meanings: what is about the sea, and what is not. */
const MEANINGS = `
import { WorkerEntrypoint } from "cloudflare:workers";
export class Meanings extends WorkerEntrypoint {
  async run(model, { text }) {
    if (text.some((one) => one.includes("unspeakable"))) throw new Error("no meaning");
    const isSea = (one) => /boat|sail|tide|harbour/.test(one);
    return { shape: [text.length, 2], data: text.map((one) => (isSea(one) ? [1, 0.1] : [0.1, 1])) };
  }
}
export default { fetch: () => new Response("meanings") };
`;

const SEA = ["I build a boat", "sailing alone", "the tide tables", "harbour pilot"];
const LAND = ["growing tomatoes", "old orchards", "bees and hives", "a vegetable plot"];

async function propose(service: Running, texts: string[], more: Partial<ProposalRequest> = {}) {
  const host = person("Host");
  const api = new Api(service, host);
  const session = (await api.createSession()).id;
  const send = async (who: Api, command: Command) => {
    const id = crypto.randomUUID();
    const answer = await who.post<Ack>(`sessions/${session}/commands`, { id, command });
    assert.equal(answer.status, 200, answer.text);
  };
  const people: Person[] = texts.map((_, n) => person(`P${n}`));
  for (const [n, about] of texts.entries()) {
    await send(new Api(service, people[n]), { type: "update_profile", about });
  }
  const rooms = ["One", "Two"].map((name) => ({ name }));
  await send(api, { type: "create_rooms", rooms });
  const body = { strategy: "alike", matchBy: "texts", ...more };
  const answer = await api.post<AssignmentProposal>(
    `sessions/${session}/assignment-proposals`,
    body,
  );
  assert.equal(answer.status, 200, answer.text);
  const roomOf = new Map(answer.body.assignments.map((one) => [one.participantId, one.roomId]));
  return { ...answer.body, rooms: people.map(({ id }) => roomOf.get(id)) };
}

const mixed = [0, 1, 2, 3].flatMap((n) => [SEA[n] as string, LAND[n] as string]);
const alternating = (rooms: unknown[]) =>
  new Set(rooms.filter((_, n) => n % 2 === 0)).size === 1 &&
  new Set(rooms.filter((_, n) => n % 2 === 1)).size === 1 &&
  rooms[0] !== rooms[1];

test("with a model, those who mean the same come together, whatever their words", async () => {
  const service = await startService({ meanings: MEANINGS });
  const proposal = await propose(service, mixed);
  assert.equal(proposal.matchedBy, "meaning");
  assert.ok(alternating(proposal.rooms), JSON.stringify(proposal.rooms));
});

test("a model that fails does not stand in the way", async () => {
  const service = await startService({ meanings: MEANINGS });
  const proposal = await propose(service, [...mixed.slice(1), "unspeakable"]);
  assert.equal(proposal.matchedBy, "words");
  assert.equal(proposal.assignments.length, 8);
});

test("without a model, words that people share bring them together", async () => {
  const service = await startService();
  const words = ["chess club", "rowing boats", "chess openings", "rowing early"];
  const proposal = await propose(service, words);
  assert.equal(proposal.matchedBy, "words");
  assert.ok(alternating(proposal.rooms), JSON.stringify(proposal.rooms));
  const byTags = await propose(service, words, { matchBy: "tags" });
  assert.equal(byTags.matchedBy, "tags");
});
