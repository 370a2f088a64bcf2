import type { ServerFrame } from "../../src/generated/protocol.ts";
import { createFlagshipClient, type SessionClient } from "../../src/index.ts";
import { settled, tokenOf } from "../../src/testing/index.ts";
import type { GetToken } from "../../src/tokens.ts";
import { welcome } from "./frames.ts";
import { type FakeSocket, World } from "./world.ts";

export interface Setting {
  world: World;
  session: SessionClient;
  /** The socket in use. */
  socket: () => FakeSocket;
}

/** A session that has begun to connect. */
export async function connecting(
  world = new World(),
  getToken: GetToken = () => tokenOf("ada"),
): Promise<Setting> {
  const client = createFlagshipClient({
    url: "https://flagship.test/",
    getToken,
    environment: world.environment,
  });
  const session = client.session("s1");
  session.connect();
  await settled();
  return { world, session, socket: () => world.socket };
}

/** A session that is open. */
export async function connected(
  first: ServerFrame = welcome(),
  world?: World,
  getToken?: GetToken,
): Promise<Setting> {
  const setting = await connecting(world, getToken);
  setting.socket().open();
  setting.socket().deliver(first);
  await settled();
  return setting;
}

/** Loses the connection and is welcomed again over another socket. */
export async function reconnected({ world, socket }: Setting, first: ServerFrame): Promise<void> {
  socket().closes(1006);
  await world.clock.advance(60);
  socket().open();
  socket().deliver(first);
  await settled();
}
