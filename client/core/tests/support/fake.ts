import type { Environment } from "../../src/environment.ts";
import { createFlagshipClient, type SessionClient } from "../../src/index.ts";
import { FakeServer, type Sockets, settled, tokenOf } from "../../src/testing/index.ts";

/** Somebody's client of the fake server, which has begun to connect to its session. */
export async function follow(
  server: FakeServer,
  who: string,
  more: Partial<Environment> = {},
): Promise<SessionClient> {
  server.session();
  const client = createFlagshipClient({
    url: server.url,
    getToken: () => tokenOf(who),
    environment: server.environment(more),
  });
  const session = client.session("s1");
  session.connect();
  await settled();
  return session;
}

/** Ada and Grace in a session of a fake server. `done` gives a command, and its way to everybody, a second. */
export async function twoPeople(sockets: Sockets) {
  const server = new FakeServer();
  server.sockets = sockets;
  const [ada, grace] = [await follow(server, "ada"), await follow(server, "grace")];
  await server.clock.advance(1_000);
  const done = async <T>(sent: Promise<T>): Promise<T> => {
    await server.clock.advance(1_000);
    return sent;
  };
  return { server, ada, grace, done };
}

/** Where the connection is in its life. */
export const phase = ({ store }: SessionClient): string => store.getState().connection.phase;

/** What is said in main, as somebody sees it. */
export const said = ({ store }: SessionClient): string[] =>
  store.getState().messages.main?.items.map(({ content }) => content) ?? [];
