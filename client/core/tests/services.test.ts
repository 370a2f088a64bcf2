import { afterEach, describe, expect, test, vi } from "vitest";
import { LINGER_MS } from "../src/holders.ts";
import { createFlagshipClient, type DebugPermissions } from "../src/index.ts";
import breakoutServiceModule from "../src/services/breakout-service.ts";
import {
  debugBreakoutRoomPermissions,
  flagshipBreakoutService,
  flagshipMessageService,
  installDebugCommands,
  offerClient,
  type RoomConversation,
} from "../src/services/index.ts";
import messageServiceModule from "../src/services/message-service.ts";
import { FakeServer, settled, tokenOf } from "../src/testing/index.ts";
import { follow } from "./support/fake.ts";
import { ack, events, message, nack, participant, room, said, welcome } from "./support/frames.ts";
import { World } from "./support/world.ts";

let undo: (() => void) | undefined;
afterEach(() => {
  undo?.();
  undo = undefined;
});

/** A client that the services use, with the session that the tests are about. */
function offered() {
  const world = new World();
  const client = createFlagshipClient({
    url: "https://flagship.test",
    getToken: () => tokenOf("ada"),
    environment: world.environment,
  });
  undo = offerClient(client);
  return { world, session: client.session("s1") };
}

async function entering(world: World, frame = welcome()): Promise<void> {
  await settled();
  world.socket.open();
  world.socket.deliver(frame);
  await settled();
}

describe("a session that is held", () => {
  test("has one connection however many hold it, until the last has let go", async () => {
    const { world, session } = offered();
    const [first, second] = [session.hold(), session.hold()];
    await entering(world);
    first();
    first();
    await world.clock.advance(LINGER_MS);
    expect(session.store.getState().connection.phase).toBe("open");
    second();
    await world.clock.advance(LINGER_MS);
    expect(session.store.getState().connection.phase).toBe("idle");
    expect(world.sockets).toHaveLength(1);
  });

  test("keeps its connection for whoever is back at once", async () => {
    const { world, session } = offered();
    const release = session.hold();
    await entering(world);
    release();
    session.hold();
    await world.clock.advance(LINGER_MS * 2);
    expect(session.store.getState().connection.phase).toBe("open");
    expect(world.sockets).toHaveLength(1);
  });
});

describe("the breakout service", () => {
  test("is the default of its module", () => {
    expect(breakoutServiceModule).toBe(flagshipBreakoutService);
    expect(messageServiceModule).toBe(flagshipMessageService);
  });

  test("says what is missing before it is configured", async () => {
    const asked = flagshipBreakoutService.createBreakoutRoom("s1", { name: "Blue" });
    await expect(asked).rejects.toMatchObject({
      code: "not_configured",
      message: expect.stringContaining("configureFlagship"),
    });
  });

  test("creates a room over a connection of its own, and lets go of it", async () => {
    const { world, session } = offered();
    const created = flagshipBreakoutService.createBreakoutRoom("s1", { name: "Blue" });
    await entering(world);
    const [frame] = world.socket.commands;
    expect(frame?.command).toEqual({ type: "create_room", name: "Blue" });
    world.socket.deliver(ack(frame?.id ?? "", { room: room("r1", "Blue") }));
    expect((await created).id).toBe("r1");
    await world.clock.advance(LINGER_MS);
    expect(session.store.getState().connection.phase).toBe("idle");
  });

  test("rejects with the rule that refused", async () => {
    const { world } = offered();
    const joined = flagshipBreakoutService.join("s1", "r1");
    await entering(world);
    world.socket.deliver(nack(world.socket.commands[0]?.id ?? "", "room_full"));
    await expect(joined).rejects.toMatchObject({ code: "room_full" });
  });

  test("lists the rooms once it has entered", async () => {
    const { world } = offered();
    const listed = flagshipBreakoutService.list("s1");
    await entering(world, welcome({ rooms: [room("r1"), room("r2")] }));
    expect((await listed).map(({ id }) => id)).toEqual(["r1", "r2"]);
  });

  test("tells of the rooms when they change, and not of anything else", async () => {
    const { world } = offered();
    const told: string[][] = [];
    const end = flagshipBreakoutService.subscribe("s1", (rooms) =>
      told.push(rooms.map(({ id }) => id)),
    );
    await entering(world);
    world.socket.deliver(said(0, message("main", 1)));
    world.socket.deliver(events("session", 3, { type: "breakout_room_created", room: room("r1") }));
    end();
    world.socket.deliver(events("session", 4, { type: "breakout_room_created", room: room("r2") }));
    expect(told).toEqual([[], ["r1"]]);
  });
});

describe("the message service", () => {
  test("says something where one is, and knows how far it has come", async () => {
    const { world } = offered();
    const here = [participant("ada", "r1")];
    const sent = flagshipMessageService.sendMessage("s1", "hello", { id: "mine" });
    await entering(world, welcome({ participants: here, streams: { session: 3, "room:r1": 0 } }));
    expect(world.socket.commands[0]).toMatchObject({
      id: "mine",
      command: { type: "send_message", roomId: "r1", content: "hello" },
    });
    expect(flagshipMessageService.deliveryStatus("s1", "mine")).toEqual({ state: "queued" });
    const accepted = message("r1", 1, "ada", "mine");
    world.socket.deliver(ack("mine", { message: accepted }));
    expect(await sent).toEqual(accepted);
    expect(flagshipMessageService.deliveryStatus("s1", "mine")).toEqual({
      ...{ state: "accepted", message: accepted },
      ...{ others: null, delivered: 0, read: 0 },
    });
    expect(flagshipMessageService.deliveryStatus("s1", "other")).toEqual({ state: "unknown" });
  });

  test("tells how many of the others have a message, and how many have seen it", async () => {
    const server = new FakeServer();
    const grace = await follow(server, "grace");
    const client = createFlagshipClient({
      url: server.url,
      getToken: () => tokenOf("ada"),
      environment: server.environment(),
    });
    undo = offerClient(client);
    const told: string[] = [];
    const end = flagshipMessageService.subscribeDelivery("s1", "mine", (status) =>
      told.push(
        "others" in status
          ? `${status.state} ${status.delivered}/${status.read} of ${status.others}`
          : status.state,
      ),
    );
    await settled();
    await flagshipMessageService.sendMessage("s1", "hello", { id: "mine" });
    await server.clock.advance(10_000);
    grace.markRead("main");
    await server.clock.advance(10_000);
    end();
    expect(told).toEqual([
      "unknown",
      "queued",
      "accepted 0/0 of null",
      "delivered 1/0 of 1",
      "read 1/1 of 1",
    ]);
  });

  test("keeps what was refused, for another try under the same id", async () => {
    const { world } = offered();
    const options = { roomId: "main", id: "mine" };
    const sent = flagshipMessageService.sendMessage("s1", "hello", options);
    await entering(world);
    world.socket.deliver(nack("mine", "muted"));
    await expect(sent).rejects.toMatchObject({ code: "muted" });
    expect(flagshipMessageService.deliveryStatus("s1", "mine")).toMatchObject({
      state: "refused",
      error: { code: "muted" },
    });
    flagshipMessageService.retry("s1", "mine");
    expect(world.socket.commands.map(({ id }) => id)).toEqual(["mine", "mine"]);
    world.socket.deliver(nack("mine", "muted"));
    flagshipMessageService.discard("s1", "mine");
    expect(flagshipMessageService.deliveryStatus("s1", "mine")).toEqual({ state: "unknown" });
  });

  test("tells what is said in a room, and what is on its way there", async () => {
    const { world } = offered();
    const told: RoomConversation[] = [];
    flagshipMessageService.subscribe("s1", (conversation) => told.push(conversation));
    await entering(world);
    world.socket.deliver(said(0, message("main", 1)));
    void flagshipMessageService.sendMessage("s1", "hello", { roomId: "main" });
    const seen = told.map(({ messages, pending }) => [messages.length, pending.length]);
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
  });
});

describe("what one may do", () => {
  const permissions: DebugPermissions = {
    userId: "ada",
    role: "participant",
    registered: true,
    permissions: [
      { command: "join_room", allowed: true, needs: ["host", "moderator", "participant"] },
      {
        command: "create_room",
        allowed: false,
        needs: ["host", "moderator"],
        error: {
          code: "forbidden",
          message: "only hosts and moderators may do this",
          retryable: false,
          retryAfterMs: null,
          needs: ["host", "moderator"],
          have: "participant",
        },
      },
    ],
  };

  test("is printed in words, and given", async () => {
    const { world } = offered();
    const print = vi.spyOn(console, "log").mockImplementation(() => {});
    world.answers.push(() => Response.json(permissions));
    expect(await debugBreakoutRoomPermissions("s1")).toEqual(permissions);
    const words = print.mock.calls.flat().join("\n");
    print.mockRestore();
    expect(world.requests[0]?.url).toMatch(/\/api\/debug-breakout\/s1\/debug-permissions$/);
    expect(words).toContain("you are ada, participant");
    expect(words).toMatch(/yes {2}join_room/);
    expect(words).toMatch(/no {3}create_room {2}needs host or moderator, you are participant/);
  });

  test("can be asked from the console", async () => {
    const { world } = offered();
    const print = vi.spyOn(console, "log").mockImplementation(() => {});
    const page: Record<string, (sessionId: string) => Promise<unknown>> = {};
    installDebugCommands(page);
    const dryRun = { wouldSucceed: false, checks: ["role: participant"] };
    world.answers.push(() => Response.json(dryRun));
    expect(await page.testBreakoutPermissions?.("s1")).toEqual(dryRun);
    expect(print.mock.calls.flat().join("\n")).toContain("would not be created");
    print.mockRestore();
    expect(world.requests[0]?.url).toMatch(/\/test-breakout-creation$/);
    expect(Object.keys(page)).toContain("debugBreakoutPermissions");
  });
});

test("a service that is failed still says how it is", async () => {
  const { world, session } = offered();
  const health = {
    status: "failed",
    version: "1.2.3",
    database: { ok: true, latencyMs: 1 },
    sessionObject: { ok: false, latencyMs: 9 },
  };
  world.answers.push(() => Response.json(health, { status: 503 }));
  expect(await session.requests.health()).toEqual(health);
});
