// A write of the object's storage fails while a session is created: nothing of it is there, and the same request
// again creates it whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SessionBody, Snapshot } from "../../client/core/src/generated/protocol.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { Failures, failingFront } from "./support/failing.ts";
import { UNCOUNTED } from "./support/options.ts";
import { Service, startService } from "./support/service.ts";
import { spoilJournals, temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";

const variables = { ...UNCOUNTED, ARCHIVE_INTERVAL_MS: "600000" };
const service = await startService({ front: failingFront, variables });
const failures = new Failures(service);

/** More writes than a creation has. */
const MOST_WRITES = 40;

for (const anonymous of [false, true]) {
  test(`whichever write fails, a retry creates it whole${anonymous ? ", anonymous too" : ""}`, async (t) => {
    let wasMet = true;
    for (let write = 1; wasMet && write < MOST_WRITES; write += 1) {
      await t.test(`write ${write} fails`, async () => {
        const [ada, grace] = [person("Ada"), person("Grace")];
        const api = new Api(service, ada);
        const body = { title: "Made", anonymous };
        const key = `create-${anonymous}-${write}-${ada.id}`;
        await failures.fail(write);
        const first = await api.post<SessionBody>("sessions", body, { key });
        wasMet = (await failures.left()) === 0;
        await failures.stop();
        assert.equal(first.status, wasMet ? 500 : 201, first.text);
        const made = wasMet ? await api.post<SessionBody>("sessions", body, { key }) : first;
        assert.equal(made.status, 201, made.text);
        const session = made.body.session.id;
        const again = await api.post<SessionBody>("sessions", body, { key });
        assert.deepEqual(again.body.session, made.body.session);

        const host = await Client.join(service, session, ada);
        const guest = await Client.join(service, session, grace);
        const own = host.frames.items.find((frame) => frame.type === "welcome");
        assert.equal(own?.self.role, "host", "who created it can run it");
        assert.equal(own?.self.id === ada.id, !anonymous);
        await host.command({ type: "create_room", name: "One" });
        await guest.say("main", "here");
        await service.evict(session);
        const seen = await api.read<Snapshot>(`sessions/${session}`);
        assert.equal(seen.participants.length, 2);
        for (const client of [host, guest]) {
          await client.settle();
          client.view.assertAgrees(seen);
        }
        await Promise.all([host.close(), guest.close()]);
      });
      if (!wasMet) assert.ok(write > 10, "there were writes to fail");
    }
    assert.ok(!wasMet);
  });
}

const EMPTY = "DELETE FROM journal; DELETE FROM snapshot;";

for (const [what, left] of [
  ["tables without a version", `${EMPTY} UPDATE schema SET version = 0`],
  ["tables and a salt without entries", EMPTY],
] as const) {
  test(`what versions before left of a creation, ${what}, is in nobody's way`, async () => {
    const settings = { storage: temporaryStorage(), variables };
    const ada = person("Ada");
    const key = `left-${ada.id}`;
    const body = { title: "Left", anonymous: true };
    const first = await Service.start(settings);
    const made = await new Api(first, ada).post<SessionBody>("sessions", body, { key });
    assert.equal(made.status, 201, made.text);
    await first.stop();
    spoilJournals(settings.storage, left);

    const second = await Service.start(settings);
    try {
      const again = await new Api(second, ada).post<SessionBody>("sessions", body, { key });
      assert.equal(again.status, 201, again.text);
      assert.equal(again.body.session.id, made.body.session.id);
      const host = await Client.join(second, again.body.session.id, ada);
      await host.command({ type: "create_room", name: "One" });
      await host.close();
    } finally {
      await second.stop();
    }
  });
}
