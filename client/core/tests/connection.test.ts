import { describe, expect, it } from "vitest";
import { FlagshipError } from "../src/errors.ts";
import { settled, tokenOf } from "../src/testing/index.ts";
import { connected, connecting, reconnected } from "./support/connected.ts";
import { events, message, nack, participant, resumed, said, welcome } from "./support/frames.ts";
import { World } from "./support/world.ts";

describe("opening", () => {
  it("offers the protocol and the token, says hello, and is open once welcomed", async () => {
    const { session, socket } = await connecting();
    expect(socket().url).toBe("wss://flagship.test/api/sessions/s1/socket");
    expect(socket().protocols).toEqual(["flagship.v1", `bearer.${tokenOf("ada")}`]);

    socket().open();
    expect(socket().frames).toEqual([{ type: "hello" }]);
    expect(session.store.getState().connection.phase).toBe("connecting");

    socket().deliver(welcome());
    expect(session.store.getState().connection).toEqual({ phase: "open", since: 1_000_000 });
    expect(session.store.getState().session?.title).toBe("Planning");
  });

  it("tries again when no welcome comes", async () => {
    const { world, socket } = await connecting();
    socket().open();
    await world.clock.advance(15_000);
    expect(world.sockets).toHaveLength(2);
    expect(world.sockets[0]?.closedWith).toBe("no welcome");
  });

  it("waits longer after each failure, up to a cap, and by chance", async () => {
    const { world, session, socket } = await connecting();
    const waits: number[] = [];
    world.random = 0.999_999;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      socket().closes(1006);
      await settled();
      const status = session.store.getState().connection;
      if (status.phase !== "backoff") throw new Error(status.phase);
      waits.push(status.retryAt - world.clock.now());
      await world.clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([499, 999, 1999, 3999, 7999, 15999, 19999, 19999]);
  });

  it("starts with short waits again after a connection that lasted", async () => {
    const { world, session, socket } = await connected();
    await world.clock.advance(10_000);
    world.random = 0.5;
    socket().closes(1012);
    expect(session.store.getState().connection).toMatchObject({ phase: "backoff", attempt: 1 });
    await world.clock.advance(250);
    expect(world.sockets).toHaveLength(2);
  });

  it("opens nothing after stop, even when the token comes late", async () => {
    let give = (_token: string) => {};
    const late = new Promise<string>((resolve) => {
      give = resolve;
    });
    const { world, session } = await connecting(new World(), () => late);
    session.stop();
    give(tokenOf("ada"));
    await settled();
    expect(world.sockets).toHaveLength(0);
    expect(session.store.getState().connection).toEqual({ phase: "idle" });
  });
});

describe("staying alive", () => {
  it("pings after silence, and gives up when nothing answers", async () => {
    const { world, socket } = await connected();
    await world.clock.advance(25_000);
    expect(socket().sent.at(-1)).toBe("ping");
    socket().onmessage?.({ data: "pong" });
    await world.clock.advance(25_000);
    expect(world.sockets).toHaveLength(1);
    await world.clock.advance(10_000);
    expect(world.sockets).toHaveLength(2);
    expect(world.sockets[0]?.closedWith).toBe("no answer to a ping");
  });

  it("pings in its time, however much it hears: that it hears says nothing to the other end", async () => {
    const { world, socket } = await connected();
    const pings = () => socket().sent.filter((text) => text === "ping").length;
    for (let second = 1; second <= 60; second += 1) {
      await world.clock.advance(1_000);
      socket().deliver({ type: "presence", connected: [], disconnected: [] });
      expect(pings()).toBe(Math.floor(second / 25));
    }
    expect(world.sockets).toHaveLength(1);
  });

  it("connects at once on waking up, instead of waiting out the delay", async () => {
    const { world, socket } = await connecting();
    world.random = 0.9;
    socket().closes(1006);
    world.wake();
    await settled();
    expect(world.sockets).toHaveLength(2);
  });

  it("doubts an open connection on waking up", async () => {
    const { world, socket } = await connected();
    world.wake();
    expect(socket().sent.at(-1)).toBe("ping");
    await world.clock.advance(4_000);
    expect(world.sockets).toHaveLength(2);
  });
});

describe("resuming", () => {
  it("says what it holds, and takes what it missed", async () => {
    const setting = await connected(welcome({ streams: { session: 3, "room:main": 0 } }));
    setting.socket().deliver(said(0, message("main", 1)));
    await reconnected(setting, resumed({ session: 3, "room:main": 1 }));
    expect(setting.socket().frames[0]).toEqual({
      type: "hello",
      resume: { epoch: "e1", streams: { session: 3, "room:main": 1 } },
    });
    setting.socket().deliver(said(1, message("main", 2)));
    const { messages, connection } = setting.session.store.getState();
    expect(connection.phase).toBe("open");
    expect(messages.main?.items.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("starts afresh where the server says so", async () => {
    const setting = await connected(welcome({ messages: [message("main", 1)] }));
    await reconnected(
      setting,
      welcome({ streams: { session: 9, "room:main": 5 }, messages: [message("main", 5)] }),
    );
    const { messages } = setting.session.store.getState();
    expect(messages.main?.items.map(({ seq }) => seq)).toEqual([5]);
    expect(messages.main?.older).toBe(5);
  });

  it("resumes after a gap, and applies nothing behind it", async () => {
    const { world, session, socket } = await connected();
    socket().deliver([
      said(3, message("main", 4)),
      events("session", 3, { type: "participant_left", participantId: "grace" }),
    ]);
    expect(world.sockets[0]?.closedWith).toBe("gap");
    expect(session.store.getState().messages.main?.items).toEqual([]);
    expect(session.store.getState().participants.grace).toBeDefined();

    await world.clock.advance(0);
    socket().open();
    expect(socket().frames[0]).toMatchObject({
      resume: { streams: { session: 3, "room:main": 0 } },
    });
  });

  it("asks for a snapshot when a resume does not close the gap", async () => {
    const setting = await connected();
    setting.socket().deliver(said(3, message("main", 4)));
    await setting.world.clock.advance(0);
    setting.socket().open();
    setting.socket().deliver(resumed({ session: 3, "room:main": 0 }));
    setting.socket().deliver(said(3, message("main", 4)));
    await setting.world.clock.advance(500);
    setting.socket().open();
    expect(setting.socket().frames).toEqual([{ type: "hello" }]);
  });
});

describe("what the server bounds", () => {
  it("confirms what it was sent when it is asked to", async () => {
    const { socket } = await connected();
    socket().deliver([
      said(0, message("main", 1)),
      { type: "notice", code: "confirm", mark: "5e1f" },
    ]);
    expect(socket().frames.at(-1)).toEqual({
      type: "cursor",
      received: {},
      read: {},
      mark: "5e1f",
    });
  });

  it("comes back after 4408 and resumes, each time later if it happens again at once", async () => {
    const setting = await connected(welcome({ streams: { session: 3, "room:main": 0 } }));
    const { world, session, socket } = setting;
    world.random = 0.999_999;
    const waits: number[] = [];
    for (let time = 0; time < 2; time += 1) {
      socket().closes(4408, "too_slow");
      await settled();
      const status = session.store.getState().connection;
      if (status.phase !== "backoff") throw new Error(status.phase);
      waits.push(status.retryAt - world.clock.now());
      await world.clock.advance(waits.at(-1) ?? 0);
      socket().open();
      expect(socket().frames[0]).toMatchObject({ resume: { streams: { session: 3 } } });
      socket().deliver(resumed({ session: 3, "room:main": 0 }));
    }
    expect(waits).toEqual([499, 999]);
  });

  it("comes back after 4429 no sooner than it was told", async () => {
    const { world, session, socket } = await connected();
    socket().deliver(nack(null, "rate_limited", 9_000));
    socket().closes(4429, "too_fast");
    await settled();
    const status = session.store.getState().connection;
    if (status.phase !== "backoff") throw new Error(status.phase);
    expect(status.retryAt - world.clock.now()).toBe(9_000);
    await world.clock.advance(8_999);
    expect(world.sockets).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.sockets).toHaveLength(2);
  });
});

describe("closing", () => {
  it("gets a fresh token after 4401 and connects at once", async () => {
    const asked: boolean[] = [];
    const world = new World();
    world.random = 0.9;
    const { socket } = await connected(welcome(), world, ({ fresh }) => {
      asked.push(fresh);
      return tokenOf(fresh ? "ada-again" : "ada");
    });
    socket().closes(4401, "unauthorized");
    await settled();
    expect(asked).toEqual([false, true]);
    expect(socket().protocols[1]).toBe(`bearer.${tokenOf("ada-again")}`);
  });

  it("stops when fresh tokens are refused too", async () => {
    const { world, session, socket } = await connecting();
    for (let refusal = 0; refusal < 3; refusal += 1) {
      socket().closes(4401);
      await world.clock.advance(1_000);
    }
    expect(world.sockets).toHaveLength(3);
    expect(session.store.getState().connection).toMatchObject({
      phase: "stopped",
      error: { code: "unauthorized" },
    });
  });

  it("stops on 4403 and says what the server said", async () => {
    const { world, session, socket } = await connected();
    socket().deliver(nack(null, "banned"));
    socket().closes(4403, "forbidden");
    await world.clock.advance(60_000);
    expect(world.sockets).toHaveLength(1);
    expect(session.store.getState().connection).toMatchObject({
      phase: "stopped",
      error: { code: "banned", message: "no: banned" },
    });
  });

  it("stops when getToken says that there is no use", async () => {
    const { session } = await connecting(new World(), () => {
      throw new FlagshipError("unauthorized", "Sign in again.");
    });
    expect(session.store.getState().connection).toMatchObject({ phase: "stopped" });
  });

  it("tries again when getToken fails for another reason", async () => {
    let tries = 0;
    const { world } = await connecting(new World(), () => {
      tries += 1;
      if (tries === 1) throw new TypeError("offline");
      return tokenOf("ada");
    });
    await world.clock.advance(0);
    expect(world.sockets).toHaveLength(1);
  });
});

describe("the token of an open connection", () => {
  it("is replaced a minute before it expires, by the server's clock", async () => {
    const world = new World();
    const serverTime = world.clock.now() + 3_600_000;
    const tokens = [tokenOf("ada", serverTime + 300_000), tokenOf("ada", serverTime + 900_000)];
    const { socket } = await connected(welcome({ serverTime }), world, () => tokens.shift() ?? "");
    socket().answersPings = true;
    await world.clock.advance(239_000);
    expect(socket().frames.some(({ type }) => type === "auth")).toBe(false);
    await world.clock.advance(1_000);
    expect(socket().frames.at(-1)).toEqual({
      type: "auth",
      token: tokenOf("ada", serverTime + 900_000),
    });
  });

  it("is replaced when the server says that it has expired", async () => {
    const { world, socket } = await connected(welcome(), undefined, ({ fresh }) =>
      tokenOf(fresh ? "fresh" : "ada"),
    );
    socket().deliver({ type: "notice", code: "token_expired", closesAt: 2_000_000 });
    await world.clock.advance(0);
    expect(socket().frames.at(-1)).toEqual({ type: "auth", token: tokenOf("fresh") });
  });
});

it("learns from the server who it is", async () => {
  const { session } = await connected(
    welcome({ participants: [participant("grace")], self: "grace" }),
  );
  expect(session.store.getState().selfId).toBe("grace");
});
