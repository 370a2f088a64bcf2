import { describe, expect, it } from "vitest";
import { deliveryOf } from "../src/index.ts";
import type { SessionClient } from "../src/session-client.ts";
import type { Sockets } from "../src/testing/index.ts";
import { twoPeople } from "./support/fake.ts";

/** How far a host's message has come, as the host is told. */
const readBy = (host: SessionClient, message: Parameters<typeof deliveryOf>[1]) =>
  deliveryOf(host.store.getState(), message).read;

describe.each<Sockets>(["open", "blocked"])(
  "an announcement, with sockets that are %s",
  (sockets) => {
    it("is read by those before whom it was put, and nothing else is by that", async () => {
      const { server, ada, grace, done } = await twoPeople(sockets);
      const { id: blue } = await done(ada.commands.createRoom({ name: "Blue" }));
      const before = await done(ada.commands.sendMessage("main", "nobody in a room sees this"));
      await done(grace.commands.joinRoom(blue));
      const said = await done(ada.commands.broadcast("Five minutes left"));
      await server.clock.advance(20_000);
      expect([readBy(ada, said), readBy(ada, before)]).toEqual([0, 0]);

      const heard = grace.store.getState().messages.main?.items.find(({ broadcast }) => broadcast);
      expect(heard).toMatchObject({ id: said.id });
      grace.markAnnounced(said);
      await server.clock.advance(20_000);
      expect(deliveryOf(ada.store.getState(), said)).toEqual({
        ...{ state: "read", others: 1, delivered: 1, read: 1 },
      });
      expect(readBy(ada, before)).toBe(0);
      expect(grace.store.getState().ownRead.rooms.main).toBeUndefined();

      grace.markRead("main");
      await server.clock.advance(20_000);
      expect([readBy(ada, said), readBy(ada, before)]).toEqual([1, 1]);
    });

    it("to some rooms is counted among those who are there", async () => {
      const { server, ada, grace, done } = await twoPeople(sockets);
      const { id: blue } = await done(ada.commands.createRoom({ name: "Blue" }));
      await done(grace.commands.joinRoom(blue));
      const said = await done(ada.commands.broadcast("Blue, hurry", [blue]));
      const heard = grace.store.getState().messages[blue]?.items.find(({ broadcast }) => broadcast);
      expect(heard).toMatchObject({ id: said.id, roomId: blue });
      grace.markAnnounced(said);
      await server.clock.advance(20_000);
      // The host is elsewhere, and is told when asking.
      await done(ada.loadReceipts(blue));
      expect(deliveryOf(ada.store.getState(), said)).toMatchObject({ read: 1 });
    });

    it("is said to be read once more after a lost connection", async () => {
      const { server, ada, grace, done } = await twoPeople(sockets);
      const said = await done(ada.commands.broadcast("Five minutes left"));
      await server.clock.advance(1_000);
      server.isDown = true;
      server.cut();
      grace.markAnnounced(said);
      await server.clock.advance(30_000);
      server.isDown = false;
      await server.clock.advance(120_000);
      expect(readBy(ada, said)).toBe(1);
    });
  },
);
