import { commandsOf } from "./api.ts";
import type { startBrowser } from "./browser.ts";
import type { Person } from "./person.ts";
import type { Server } from "./server.ts";

/** Some people in a session of their own, the first of them its host. `host` gives commands in their name. */
export async function gather<Names extends string[]>(
  server: Server,
  people: Awaited<ReturnType<typeof startBrowser>>,
  title: string,
  ...names: Names
): Promise<{
  all: { [Index in keyof Names]: Person };
  host: Awaited<ReturnType<typeof commandsOf>>;
}> {
  const [first = "", ...others] = names;
  const host = await people.open(first);
  await host.startSession(title);
  const path = new URL(host.page.url()).pathname;
  const all = [host];
  for (const name of others) {
    const person = await people.open(name, path);
    await person.enter();
    all.push(person);
  }
  return {
    all: all as { [Index in keyof Names]: Person },
    host: await commandsOf(server, host),
  };
}
