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
import { welcome } from "./support/frames.ts";
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

/** Every way to the service, and each in turn, changed while a call is under way. */
const WAYS = ["by sockets", "by requests", "by one after the other"] as const;
type Way = (typeof WAYS)[number];

/** Ada, who is the host, uses the services by some way; Grace is there too. Each call gets its time. */
async function serving(way: Way) {
  const server = new FakeServer();
  server.sockets = way === "by requests" ? "blocked" : "open";
  // As it is on a network: the answer to a command comes before its events.
  server.pagesTakeMs = 50;
  const grace = await follow(server, "grace");
  let wake = () => {};
  const client = createFlagshipClient({
    url: server.url,
    getToken: () => tokenOf("ada"),
    environment: server.environment({
      onWake: (callback) => {
        wake = callback;
        return () => {};
      },
    }),
  });
  undo = offerClient(client);
  const session = client.session("s1");
  /** The way that is in use ends, and the other one works. */
  const change = () => {
    if (way !== "by one after the other") return;
    server.sockets = server.sockets === "open" ? "blocked" : "open";
    server.cut();
    wake();
  };
  const done = async <T>(call: Promise<T>): Promise<T> => {
    // What it rejects with is for the test to look at, later.
    call.catch(() => {});
    await server.clock.advance(200);
    change();
    await server.clock.advance(20_000);
    return call;
  };
  const state = () => session.store.getState();
  return { server, grace, client, session, state, done, change };
}

type Scene = Awaited<ReturnType<typeof serving>>;

/** Rooms that are open, made by another device of the host. */
function withRooms({ server }: Scene, ...names: string[]): string[] {
  for (const name of names) server.act("ada", { type: "create_room", name });
  return [...server.session().rooms.keys()];
}

/** What was said in a room, as the service has it. */
const saidIn = ({ server }: Scene, roomId: string) =>
  (server.session().events.get(`room:${roomId}`) ?? []).flatMap((event) =>
    event.type === "message_created" ? [event.message.content] : [],
  );

test("the services are the defaults of their modules", () => {
  expect(breakoutServiceModule).toBe(flagshipBreakoutService);
  expect(messageServiceModule).toBe(flagshipMessageService);
});

test("the services say what is missing before they are configured", async () => {
  const asked = flagshipBreakoutService.createBreakoutRoom("s1", { name: "Blue" });
  await expect(asked).rejects.toMatchObject({
    code: "not_configured",
    message: expect.stringContaining("configureFlagship"),
  });
});

describe.each(WAYS)("the breakout service, %s", (way) => {
  test("creates a room over a connection of its own, and lets go of it", async () => {
    const { done, server, session, state } = await serving(way);
    const room = await done(flagshipBreakoutService.createBreakoutRoom("s1", { name: "Blue" }));
    expect(room).toMatchObject({ name: "Blue", state: "open" });
    await server.clock.advance(LINGER_MS);
    expect(session.store.getState().connection.phase).toBe("idle");
    expect(state().rooms.map(({ name }) => name)).toEqual(["Blue"]);
  });

  test("lists a room as soon as it is created", async () => {
    const { done } = await serving(way);
    const names: string[] = [];
    await done(
      (async () => {
        for (const name of ["Blue", "Red", "Green"]) {
          await flagshipBreakoutService.createBreakoutRoom("s1", { name });
          const listed = await flagshipBreakoutService.list("s1");
          names.push(listed.map((room) => room.name).join());
        }
      })(),
    );
    expect(names).toEqual(["Blue", "Blue,Red", "Blue,Red,Green"]);
  });

  test("lists what is so by now, however long ago the last connection ended", async () => {
    const scene = await serving(way);
    await scene.done(flagshipBreakoutService.list("s1"));
    await scene.server.clock.advance(600_000);
    withRooms(scene, "Blue");
    const listed = await scene.done(flagshipBreakoutService.list("s1"));
    expect(listed.map(({ name }) => name)).toEqual(["Blue"]);
  });

  test("has the effect of each command in the state before its promise settles", async () => {
    const scene = await serving(way);
    const { done, session, state, grace } = scene;
    session.hold();
    const [blue = ""] = withRooms(scene, "Blue");
    const { commands } = session;
    const self = () => state().participants.ada;
    const other = () => state().participants.grace;
    const room = (name: string) => state().rooms.find((it) => it.name === name);
    await done(grace.commands.raiseHand(true));
    const said = await done(commands.sendMessage("main", "hello"));
    const shown = () => state().messages.main?.items.find(({ id }) => id === said.id);
    const seen: unknown[] = [];
    const steps: [() => Promise<unknown>, () => unknown][] = [
      [() => commands.createRoom({ name: "Red" }), () => room("Red")?.state],
      [() => commands.createRooms([{ name: "Green" }]), () => room("Green")?.state],
      [() => commands.openRooms(), () => room("Green")?.state],
      [() => commands.updateRoom(blue, { name: "Navy" }), () => room("Navy")?.id === blue],
      [() => commands.joinRoom(blue), () => [self()?.roomId, state().messages[blue]?.items]],
      [() => commands.leaveRoom(blue), () => self()?.roomId],
      [() => commands.moveParticipant("grace", blue), () => other()?.roomId],
      [
        () => commands.assign([{ participantId: "ada", roomId: blue }]),
        () => [self()?.roomId, self()?.assignedRoomId],
      ],
      [() => commands.closeRoom(blue), () => [room("Navy")?.state, other()?.roomId]],
      [() => commands.deleteRoom(blue), () => room("Navy")],
      [() => commands.closeRooms(), () => room("Red")?.state],
      [() => commands.raiseHand(true), () => self()?.handRaised],
      [() => commands.raiseHand(true), () => self()?.handRaised],
      [() => commands.muteParticipant("grace", true), () => other()?.muted],
      [() => commands.setRole("grace", "moderator"), () => other()?.role],
      [() => commands.updateSession({ title: "Plans" }), () => state().session?.title],
      [() => commands.askForHelp({ kind: "help" }), () => state().own.help.length],
      [
        () => commands.sendMessage("main", "and on"),
        () => state().messages.main?.items.at(-1)?.content,
      ],
      [() => commands.editMessage(said.id, "hi"), () => shown()?.content],
      [() => commands.reactToMessage(said.id, "👍", true), () => shown()?.reactions?.length],
      [() => commands.deleteMessage(said.id), () => shown()?.deletedAt !== undefined],
      [
        () => commands.sendDirectMessage("grace", "psst"),
        () => state().own.directMessages?.map(({ content }) => content),
      ],
      [() => commands.broadcast("all of you"), () => state().messages.main?.items.at(-1)?.content],
    ];
    for (const [command, look] of steps) {
      await done(command().then(() => seen.push(look())));
      expect([state().unsettled, state().pending]).toEqual([[], []]);
    }
    expect(seen).toEqual([
      "open",
      "preparing",
      "open",
      true,
      [blue, []],
      "main",
      blue,
      [blue, blue],
      ["closed", "main"],
      undefined,
      "closed",
      true,
      true,
      true,
      "moderator",
      "Plans",
      1,
      "and on",
      "hi",
      1,
      true,
      ["psst"],
      "all of you",
    ]);
  });

  test("settles at once where a command finds everything as it is to be", async () => {
    const scene = await serving(way);
    const { done, session, server } = scene;
    session.hold();
    const [blue = ""] = withRooms(scene, "Blue");
    await done(session.commands.joinRoom(blue));
    const started = server.clock.now();
    let took = 0;
    const again = session.commands.joinRoom(blue).then(() => {
      took = server.clock.now() - started;
    });
    await server.clock.advance(1_000);
    await again;
    expect(took).toBeLessThan(1_000);
  });

  test("rejects with the rule that refused", async () => {
    const scene = await serving(way);
    const [blue = ""] = withRooms(scene, "Blue");
    scene.server.act("ada", { type: "close_room", roomId: blue });
    const joined = scene.done(flagshipBreakoutService.join("s1", blue));
    await expect(joined).rejects.toMatchObject({ code: "room_closed" });
  });

  test("leaves the room that one was in when asked, and no other", async () => {
    const scene = await serving(way);
    const { done, server, session, state } = scene;
    session.hold();
    const [blue = "", red = ""] = withRooms(scene, "Blue", "Red");
    await done(flagshipBreakoutService.join("s1", blue));
    expect(await done(flagshipBreakoutService.leave("s1"))).toMatchObject({ roomId: "main" });

    await done(flagshipBreakoutService.join("s1", blue));
    server.isDown = true;
    server.cut();
    const left = flagshipBreakoutService.leave("s1");
    server.act("ada", { type: "join_room", roomId: red });
    server.isDown = false;
    await expect(done(left)).rejects.toMatchObject({ code: "not_in_room" });
    expect(state().participants.ada?.roomId).toBe(red);

    server.isDown = true;
    server.cut();
    const back = flagshipBreakoutService.leave("s1");
    server.act("ada", { type: "leave_room" });
    server.isDown = false;
    expect(await done(back)).toMatchObject({ roomId: "main" });
  });

  test("tells of the rooms when they change, and not of anything else", async () => {
    const scene = await serving(way);
    const told: string[] = [];
    const end = flagshipBreakoutService.subscribe("s1", (rooms) =>
      told.push(rooms.map(({ name }) => name).join()),
    );
    await scene.done(Promise.resolve());
    scene.server.act("grace", { type: "send_message", roomId: "main", content: "hello" });
    withRooms(scene, "Blue");
    await scene.done(Promise.resolve());
    end();
    withRooms(scene, "Red");
    await scene.server.clock.advance(20_000);
    // A snapshot after a long time away may tell of the same again.
    expect(told.filter((rooms, index) => rooms !== told[index - 1])).toEqual(["", "Blue"]);
  });
});

describe.each(WAYS)("the message service, %s", (way) => {
  test("says something in the room that one has created and joined", async () => {
    const scene = await serving(way);
    const message = await scene.done(
      (async () => {
        const { id } = await flagshipBreakoutService.createBreakoutRoom("s1", { name: "Blue" });
        await flagshipBreakoutService.join("s1", id);
        return flagshipMessageService.sendMessage("s1", "for this room");
      })(),
    );
    const [blue = ""] = scene.server.session().rooms.keys();
    expect(message.roomId).toBe(blue);
    expect([saidIn(scene, blue), saidIn(scene, "main")]).toEqual([["for this room"], []]);
    expect(scene.state().messages[blue]?.items).toEqual([message]);
  });

  test("says something in the room that one is about to come into, or out of", async () => {
    const scene = await serving(way);
    const [blue = ""] = withRooms(scene, "Blue");
    const sent = [
      flagshipMessageService.sendMessage("s1", "before"),
      flagshipBreakoutService.join("s1", blue),
      flagshipMessageService.sendMessage("s1", "there"),
      flagshipBreakoutService.leave("s1"),
      flagshipMessageService.sendMessage("s1", "after"),
    ];
    await scene.done(Promise.all(sent));
    expect([saidIn(scene, blue), saidIn(scene, "main")]).toEqual([["there"], ["before", "after"]]);
  });

  test("says nothing elsewhere if one does not come into the room", async () => {
    const scene = await serving(way);
    scene.session.hold();
    const [blue = ""] = withRooms(scene, "Blue");
    await scene.done(flagshipBreakoutService.list("s1"));
    scene.server.act("ada", { type: "close_room", roomId: blue });
    const joined = flagshipBreakoutService.join("s1", blue);
    const sent = flagshipMessageService.sendMessage("s1", "for Blue", { id: "mine" });
    await expect(scene.done(joined)).rejects.toMatchObject({ code: "room_closed" });
    await expect(scene.done(sent)).rejects.toMatchObject({ code: expect.any(String) });
    expect([saidIn(scene, blue), saidIn(scene, "main")]).toEqual([[], []]);
    expect(scene.state().pending).toMatchObject([{ commandId: "mine", roomId: blue }]);
  });

  test("says the same in the same room when it is asked again under the same id", async () => {
    const scene = await serving(way);
    scene.session.hold();
    const [blue = ""] = withRooms(scene, "Blue");
    await scene.done(flagshipBreakoutService.join("s1", blue));
    const first = await scene.done(flagshipMessageService.sendMessage("s1", "once", { id: "k" }));
    const again = await scene.done(flagshipMessageService.sendMessage("s1", "once", { id: "k" }));
    expect(again).toEqual(first);
    expect(saidIn(scene, blue)).toEqual(["once"]);
  });

  test("knows how far a message has come", async () => {
    const scene = await serving(way);
    const told: string[] = [];
    const end = flagshipMessageService.subscribeDelivery("s1", "mine", (status) =>
      told.push(
        "others" in status
          ? `${status.state} ${status.delivered}/${status.read} of ${status.others}`
          : status.state,
      ),
    );
    expect(flagshipMessageService.deliveryStatus("s1", "other")).toEqual({ state: "unknown" });
    await scene.server.clock.advance(1_000);
    await scene.done(flagshipMessageService.sendMessage("s1", "hello", { id: "mine" }));
    scene.grace.markRead("main");
    await scene.server.clock.advance(20_000);
    end();
    // How many others there are may be told before anybody has it.
    expect(told.filter((status) => status !== "accepted 0/0 of 1")).toEqual([
      "unknown",
      "queued",
      "accepted 0/0 of null",
      "delivered 1/0 of 1",
      "read 1/1 of 1",
    ]);
  });

  test("keeps what was refused, for another try under the same id", async () => {
    const scene = await serving(way);
    const ada = scene.server.session().members.get("ada");
    if (ada) ada.muted = true;
    const options = { roomId: "main", id: "mine" };
    const sent = scene.done(flagshipMessageService.sendMessage("s1", "hello", options));
    await expect(sent).rejects.toMatchObject({ code: "muted" });
    expect(flagshipMessageService.deliveryStatus("s1", "mine")).toMatchObject({
      state: "refused",
      error: { code: "muted" },
    });
    scene.session.hold();
    flagshipMessageService.retry("s1", "mine");
    await scene.done(Promise.resolve());
    expect(flagshipMessageService.deliveryStatus("s1", "mine").state).toBe("refused");
    if (ada) ada.muted = false;
    flagshipMessageService.retry("s1", "mine");
    await scene.done(Promise.resolve());
    expect(saidIn(scene, "main")).toEqual(["hello"]);

    if (ada) ada.muted = true;
    await scene
      .done(flagshipMessageService.sendMessage("s1", "again", { id: "other" }))
      .catch(() => {});
    flagshipMessageService.discard("s1", "other");
    expect(flagshipMessageService.deliveryStatus("s1", "other")).toEqual({ state: "unknown" });
  });

  test("tells what is said in a room, and what is on its way there", async () => {
    const scene = await serving(way);
    const told: RoomConversation[] = [];
    const end = flagshipMessageService.subscribe("s1", (conversation) => told.push(conversation));
    await scene.done(Promise.resolve());
    scene.server.act("grace", { type: "send_message", roomId: "main", content: "hello" });
    await scene.done(Promise.resolve());
    await scene.done(flagshipMessageService.sendMessage("s1", "hi", { roomId: "main" }));
    end();
    const seen = told.map(({ messages, pending }) => `${messages.length} ${pending.length}`);
    const changes = seen.filter((it, index) => it !== seen[index - 1]);
    expect(changes).toEqual(["0 0", "1 0", "1 1", "2 0"]);
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
