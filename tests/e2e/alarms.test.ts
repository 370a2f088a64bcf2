// An object is woken for what is to come, and by nothing else: a session that is over, and that
// nobody looks at any more, sleeps for good.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sessionsWithAlarm } from "./support/alarms.ts";
import { Api } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { assertArchived } from "./support/history.ts";
import { startService } from "./support/service.ts";
import { temporaryStorage } from "./support/storage.ts";
import { person } from "./support/tokens.ts";
import { until } from "./support/wait.ts";

test("no alarm is left behind when a session is over and everybody has gone", async () => {
  const storage = temporaryStorage();
  const service = await startService({ storage });
  const alarms = () => sessionsWithAlarm(storage).ringing.length;
  const [ada, grace] = [person("Ada"), person("Grace")];
  const session = (await new Api(service, ada).createSession()).id;
  const host = await Client.join(service, session, ada);
  const guest = await Client.join(service, session, grace);
  await guest.say("main", "hello");
  await until("the end of the tokens is waited for", () => alarms() === 1);

  await host.command({ type: "end_session" });
  await assertArchived(service.database, session, host.view.messages("main"));
  // Also by an object that does not remember what it has set.
  await service.evict(session);
  await guest.close();
  assert.equal(alarms(), 1, "while somebody is there, their token is looked after");
  await host.close();
  await until("nothing is waited for", () => alarms() === 0);
});
