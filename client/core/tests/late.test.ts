import { describe, expect, it, vi } from "vitest";
import { memoryStorage } from "../src/browser.ts";
import { createFlagshipClient } from "../src/index.ts";
import { FakeServer, type Sockets, settled, tokenOf } from "../src/testing/index.ts";
import { follow, phase } from "./support/fake.ts";

/** Grace in a room, and what the host does while she is offline and has written something there. */
async function writtenOffline(
  sockets: Sockets,
  meanwhile: (server: FakeServer, room: string) => void,
) {
  const server = new FakeServer();
  server.sockets = sockets;
  server.session();
  server.act("ada", { type: "create_room", name: "Blue" });
  const [blue = ""] = server.session().rooms.keys();
  const storage = memoryStorage();
  const grace = await follow(server, "grace", { storage });
  await server.clock.advance(1_000);
  const joined = grace.commands.joinRoom(blue);
  await server.clock.advance(1_000);
  await joined;

  server.isDown = true;
  server.cut();
  await server.clock.advance(1_000);
  const sent = grace.commands.sendMessage(blue, "for Blue", { id: "mine" });
  const settledAs = sent.then(
    ({ roomId }) => roomId,
    ({ code }) => code,
  );
  meanwhile(server, blue);
  const back = async () => {
    server.isDown = false;
    await server.clock.advance(120_000);
    return settledAs;
  };
  const said = (room: string) =>
    (server.session().events.get(`room:${room}`) ?? []).flatMap((event) =>
      event.type === "message_created" ? [event.message.content] : [],
    );
  return { server, storage, grace, blue, back, said };
}

const toMain = { type: "move_participant", participantId: "grace", roomId: "main" } as const;

describe.each<Sockets>(["open", "blocked"])(
  "written offline, with sockets that are %s",
  (sockets) => {
    it("a message goes to its room although its writer was moved meanwhile", async () => {
      const { grace, blue, back, said } = await writtenOffline(sockets, (server) =>
        server.act("ada", toMain),
      );
      expect(await back()).toBe(blue);
      expect([said(blue), said("main")]).toEqual([["for Blue"], []]);
      const { participants, pending } = grace.store.getState();
      expect([participants.grace?.roomId, pending]).toEqual(["main", []]);
    });

    it("a message whose room was closed goes nowhere, and stays through a reload", async () => {
      const { server, storage, grace, blue, back, said } = await writtenOffline(
        sockets,
        (server, roomId) => server.act("ada", { type: "close_room", roomId }),
      );
      expect(await back()).toBe("room_closed");
      expect([said(blue), said("main")]).toEqual([[], []]);
      const failed = [
        { commandId: "mine", roomId: blue, content: "for Blue", error: { code: "room_closed" } },
      ];
      expect(grace.store.getState().pending).toMatchObject(failed);
      grace.stop();

      const again = await follow(server, "grace", { storage });
      await server.clock.advance(1_000);
      expect(again.store.getState().pending).toMatchObject(failed);
      // The room opens again, and its writer goes there.
      server.act("ada", { type: "open_rooms", roomIds: [blue] });
      server.act("grace", { type: "join_room", roomId: blue });
      again.retryMessage("mine");
      await server.clock.advance(5_000);
      expect(said(blue)).toEqual(["for Blue"]);
      expect(again.store.getState().pending).toEqual([]);
    });

    it("a message of somebody who knows that they were moved is refused", async () => {
      const { server, grace, blue, back } = await writtenOffline(sockets, (server) =>
        server.act("ada", toMain),
      );
      await back();
      const late = grace.commands.sendMessage(blue, "and one more");
      const refused = expect(late).rejects.toMatchObject({ code: "not_in_room" });
      await server.clock.advance(1_000);
      await refused;
    });
  },
);

describe("where there are no WebSockets at all, as in Node.js 20", () => {
  it("everything goes over HTTP, and the reason is told", async () => {
    vi.stubGlobal("WebSocket", undefined);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      const server = new FakeServer();
      server.session();
      const { openSocket: _, ...environment } = server.environment();
      const client = createFlagshipClient({
        url: server.url,
        getToken: () => tokenOf("ada"),
        environment,
      });
      const session = client.session("s1");
      session.connect();
      await server.clock.advance(10_000);
      expect(session.store.getState().connection).toMatchObject({
        phase: "fallback",
        reason: "no_sockets",
      });
      expect(warn.mock.calls).toEqual([[expect.stringContaining("no WebSocket")]]);
      const sent = session.commands.sendMessage("main", "hello");
      await settled();
      expect(await sent).toMatchObject({ roomId: "main" });
      session.stop();
    } finally {
      warn.mockRestore();
      vi.unstubAllGlobals();
    }
  });

  it("is told apart from sockets that do not get through", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(10_000);
    expect(phase(session)).toBe("fallback");
    expect(session.store.getState().connection).toMatchObject({ reason: "blocked" });
  });
});
