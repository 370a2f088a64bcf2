// Asks the running Worker whatever its OpenAPI document allows and forbids, with Schemathesis: see
// tests/README.md. The first argument is Schemathesis's path.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { at } from "../../scripts/lib/project.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { main, Problem } from "../../scripts/lib/say.mjs";
import { Api } from "../e2e/support/api.ts";
import { UNCOUNTED } from "../e2e/support/options.ts";
import { Service } from "../e2e/support/service.ts";
import { person } from "../e2e/support/tokens.ts";

const folder = at("target", "openapi");

/**
 * Everything that can be seen from outside, but for one: a request that fits the document may still
 * be refused by a rule that no schema can tell, such as a room that is not there.
 */
const CHECKS = ["--checks", "all", "--exclude-checks", "positive_data_acceptance"];

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { examples: { type: "string", default: "200" } },
  });
  const [program] = positionals;
  if (program === undefined) throw new Problem("usage: main.ts SCHEMATHESIS [--examples N]");
  const seed = process.env.SEED ?? String(Date.now() % 1_000_000);
  console.log(`seed ${seed}; again: SEED=${seed} npm run test:openapi`);

  const service = await Service.start({ variables: UNCOUNTED });
  try {
    const { token, session, room } = await inhabit(service);
    mkdirSync(folder, { recursive: true });
    // Ids that exist: made-up ones would only ever be answered with 404.
    const parameters = { "path.session": session, "path.room": [room, "main", "r9"] };
    const lines = Object.entries(parameters).map(
      ([name, value]) => `"${name}" = ${JSON.stringify(value)}`,
    );
    writeFileSync(join(folder, "schemathesis.toml"), `[parameters]\n${lines.join("\n")}\n`);
    const document = at("docs", "protocol", "openapi.json");
    const limits = ["--seed", seed, "--max-examples", values.examples];
    const phases = ["--phases", "coverage,fuzzing", "--generation-database", "none"];
    const whom = ["--url", service.base.href, "--header", `Authorization: Bearer ${token}`];
    const args = [document, ...whom, ...limits, ...phases, ...CHECKS, "--continue-on-failure"];
    await run(program, ["--config-file", "schemathesis.toml", "run", ...args], { cwd: folder });
  } finally {
    await service.stop();
  }
});

/** A session with a host, people, rooms and something said. */
async function inhabit(service: Service) {
  const host = person("Ada");
  const api = new Api(service, host);
  const { id: session } = await api.createSession("Described");
  const path = `sessions/${session}`;
  const created = await api.post<{ room: { id: string } }>(`${path}/breakout-rooms`, { name: "R" });
  assert.equal(created.status, 201, created.text);
  const room = created.body.room.id;
  for (const who of [person("Bo"), person("Cleo")]) {
    const guest = new Api(service, who);
    await guest.post(`${path}/breakout-rooms/${room}/join`);
    const said = await guest.post(`${path}/messages`, { roomId: room, content: "Hello" });
    assert.equal(said.status, 201, said.text);
  }
  return { token: host.token, session, room };
}
