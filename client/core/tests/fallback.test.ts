import { describe, expect, it } from "vitest";
import { FALLBACK_BESIDE_MS, PROBE_BACKOFF } from "../src/connection.ts";
import { createFlagshipClient } from "../src/index.ts";
import { FakeServer, settled, tokenOf } from "../src/testing/index.ts";
import { follow, phase, said } from "./support/fake.ts";

const asGrace = (server: FakeServer, content: string) =>
  server.act("grace", { type: "send_message", roomId: "main", content });

describe("where sockets do not get through", () => {
  it.each(["blocked", "forbidden"] as const)(
    "because they are %s, HTTP is used",
    async (sockets) => {
      const server = new FakeServer();
      server.sockets = sockets;
      const session = await follow(server, "ada");
      await server.clock.advance(1_000);
      expect(phase(session)).toBe("fallback");
      expect(session.store.getState().selfId).toBe("ada");
      asGrace(server, "hello");
      await server.clock.advance(1_000);
      expect(said(session)).toEqual(["hello"]);
      expect(session.store.getState().statistics.toFallback).toBe(1);
    },
  );

  it("because they are swallowed, HTTP is used long before a person gives up", async () => {
    const server = new FakeServer();
    server.sockets = "swallowed";
    const session = await follow(server, "ada");
    await server.clock.advance(FALLBACK_BESIDE_MS - 1);
    expect(phase(session)).toBe("connecting");
    await server.clock.advance(1);
    await settled();
    expect(phase(session)).toBe("fallback");
  });

  it("commands go by HTTP, in order, under the ids that they had", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    const sent = ["one", "two", "three"].map((text) => session.commands.sendMessage("main", text));
    await server.clock.advance(1_000);
    expect((await Promise.all(sent)).map(({ commandId }) => commandId)).toHaveLength(3);
    await server.clock.advance(1_000);
    expect(said(session)).toEqual(["one", "two", "three"]);
    expect(session.store.getState().pending).toEqual([]);
    const posts = server.requests.filter((request) => request.endsWith("/commands"));
    expect(posts).toHaveLength(3);
  });

  it("a refusal over HTTP rejects with its reason", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "grace");
    await server.clock.advance(1_000);
    const refused = expect(session.commands.createRoom({ name: "Blue" })).rejects.toMatchObject({
      code: "forbidden",
      needs: ["host", "moderator"],
    });
    await settled();
    await refused;
  });

  it("an answer that was lost is asked for again, and the message is there once", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(1_000);
    server.loseAnswers(2);
    const sent = session.commands.sendMessage("main", "hello");
    await server.clock.advance(5_000);
    await expect(sent).resolves.toMatchObject({ content: "hello" });
    expect(said(session)).toEqual(["hello"]);
    expect(server.session().head("room:main")).toBe(1);
  });

  it("whoever goes into a room follows what is said there", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(1_000);
    const created = session.commands.createRoom({ name: "Blue" });
    await server.clock.advance(1_000);
    const { id } = await created;
    server.act("grace", { type: "join_room", roomId: id });
    server.act("grace", { type: "send_message", roomId: id, content: "before" });
    void session.commands.joinRoom(id);
    await server.clock.advance(1_000);
    server.act("grace", { type: "send_message", roomId: id, content: "after" });
    await server.clock.advance(1_000);
    const { messages, participants } = session.store.getState();
    expect(participants.ada?.roomId).toBe(id);
    expect(messages[id]?.items.map(({ content }) => content)).toEqual(["before", "after"]);
  });

  it("whoever leaves is not brought back by asking for news", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "grace");
    await server.clock.advance(1_000);
    void session.commands.leaveSession();
    await server.clock.advance(60_000);
    expect(session.store.getState().connection).toMatchObject({
      phase: "stopped",
      error: { code: "left" },
    });
    expect(server.session().members.has("grace")).toBe(false);
  });

  it("whoever is removed is told so, and stays away", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "grace");
    await server.clock.advance(1_000);
    server.act("ada", { type: "remove_participant", participantId: "grace" });
    await server.clock.advance(60_000);
    expect(session.store.getState().connection).toMatchObject({ error: { code: "removed" } });
    expect(server.session().members.has("grace")).toBe(false);
  });
});

describe("switching, while people talk", () => {
  it("from a socket to HTTP goes on where the socket was", async () => {
    const server = new FakeServer();
    const session = await follow(server, "ada");
    asGrace(server, "over the socket");
    await settled();
    server.sockets = "blocked";
    server.cut();
    asGrace(server, "in between");
    await server.clock.advance(2_000);
    expect(phase(session)).toBe("fallback");
    asGrace(server, "over HTTP");
    await server.clock.advance(1_000);
    expect(said(session)).toEqual(["over the socket", "in between", "over HTTP"]);
    // A resume, not a new beginning: one snapshot, and nothing twice.
    const { snapshots, gaps } = session.store.getState().statistics;
    expect([snapshots, gaps]).toEqual([1, 0]);
  });

  it("from HTTP to a socket goes on where HTTP was, and asks no more", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(1_000);
    asGrace(server, "over HTTP");
    await server.clock.advance(1_000);
    server.sockets = "open";
    await server.clock.advance(PROBE_BACKOFF.cap);
    expect(phase(session)).toBe("open");
    const asked = server.requests.length;
    asGrace(server, "over the socket");
    await settled();
    expect(said(session)).toEqual(["over HTTP", "over the socket"]);
    await server.clock.advance(60_000);
    expect(server.requests.length).toBe(asked);
    const { snapshots, resumes, toSocket, losses } = session.store.getState().statistics;
    expect([snapshots, resumes, toSocket, losses]).toEqual([1, 1, 1, 0]);
  });

  it("goes on talking over HTTP while a socket is on trial", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(1_000);
    server.sockets = "swallowed";
    await server.clock.advance(PROBE_BACKOFF.cap);
    expect(phase(session)).toBe("fallback");
    asGrace(server, "heard meanwhile");
    const sent = session.commands.sendMessage("main", "sent meanwhile");
    await server.clock.advance(500);
    await sent;
    expect(said(session)).toEqual(["heard meanwhile", "sent meanwhile"]);
  });

  it("both ways, again and again, loses and doubles nothing", async () => {
    const server = new FakeServer();
    const [ada, grace] = [await follow(server, "ada"), await follow(server, "grace")];
    const expected: string[] = [];
    const sent: Promise<unknown>[] = [];
    for (let round = 0; round < 24; round += 1) {
      // Drawn once, kept: which way works, and what is lost on it.
      server.sockets =
        (["open", "blocked", "swallowed", "forbidden"] as const)[round % 4] ?? "open";
      if (round % 3 === 0) server.cut();
      if (round % 5 === 0) server.loseAnswers(1);
      for (const [name, session] of [["ada", ada] as const, ["grace", grace] as const]) {
        const content = `${name} ${round}`;
        expected.push(content);
        sent.push(session.commands.sendMessage("main", content));
        await server.clock.advance(700 * (round % 7));
      }
    }
    server.sockets = "open";
    await server.clock.advance(PROBE_BACKOFF.cap * 2);
    await Promise.all(sent);
    expect(said(ada)).toEqual(said(grace));
    expect([...said(ada)].sort()).toEqual([...expected].sort());
    for (const name of ["ada", "grace"]) {
      const own = (list: string[]) => list.filter((content) => content.startsWith(name));
      expect(own(said(ada)), `${name}'s in order`).toEqual(own(expected));
    }
    expect([phase(ada), phase(grace)]).toEqual(["open", "open"]);
    expect(ada.store.getState().statistics.toFallback).toBeGreaterThan(2);
    expect(ada.store.getState().statistics.toSocket).toBeGreaterThan(2);
  });
});

describe("when nobody answers", () => {
  it("a socket that went silent is noticed, and what was sent into it is sent again", async () => {
    const server = new FakeServer();
    const session = await follow(server, "ada");
    server.freeze();
    const sent = session.commands.sendMessage("main", "hello?");
    await server.clock.advance(20_000);
    await sent;
    expect(said(session)).toEqual(["hello?"]);
    expect(session.store.getState().statistics).toMatchObject({ resent: 1, losses: 1 });
  });

  it("a request without an answer is given up, and asked again", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(1_000);
    server.isSilent = true;
    const sent = session.commands.sendMessage("main", "hello?");
    await server.clock.advance(20_000);
    expect(session.store.getState().pending).toHaveLength(1);
    server.isSilent = false;
    await server.clock.advance(60_000);
    await sent;
    asGrace(server, "yes");
    await server.clock.advance(60_000);
    expect(said(session)).toEqual(["hello?", "yes"]);
  });
});

describe("a token that is refused", () => {
  it("is replaced over HTTP as over a socket", async () => {
    const server = new FakeServer();
    server.session();
    server.sockets = "blocked";
    const tokens = [tokenOf("ada", 5e12), tokenOf("ada", 6e12), tokenOf("ada", 7e12)];
    const client = createFlagshipClient({
      url: server.url,
      getToken: ({ fresh }) => (fresh ? tokens.shift() : tokens[0]) ?? "",
      environment: server.environment(),
    });
    const session = client.session("s1");
    session.connect();
    await server.clock.advance(1_000);
    expect(phase(session)).toBe("fallback");
    server.refused.add(tokens[0] ?? "");
    tokens.shift();
    asGrace(server, "still there?");
    await server.clock.advance(60_000);
    expect(phase(session)).toBe("fallback");
    expect(said(session)).toEqual(["still there?"]);
  });

  it("stops the client when there is no other", async () => {
    const server = new FakeServer();
    server.sockets = "blocked";
    const session = await follow(server, "ada");
    await server.clock.advance(1_000);
    server.refused.add(tokenOf("ada"));
    asGrace(server, "one more page");
    await server.clock.advance(60_000);
    expect(session.store.getState().connection).toMatchObject({
      phase: "stopped",
      error: { code: "unauthorized" },
    });
  });
});

describe("when nothing gets through", () => {
  it("waits, and takes a socket first when it is over", async () => {
    const server = new FakeServer();
    const session = await follow(server, "ada");
    server.isDown = true;
    server.cut();
    void session.commands.sendMessage("main", "written offline");
    await server.clock.advance(60_000);
    expect(["backoff", "connecting"]).toContain(phase(session));
    expect(session.store.getState().pending).toMatchObject([{ state: "queued" }]);
    server.isDown = false;
    await server.clock.advance(20_000);
    expect(phase(session)).toBe("open");
    expect(said(session)).toEqual(["written offline"]);
  });

  it("opens the breaker, which says when it is tried again, and closes it at the first answer", async () => {
    const server = new FakeServer();
    server.isDown = true;
    const session = await follow(server, "ada", { random: () => 0.99 });
    await server.clock.advance(20_000);
    const { breaker } = session.store.getState();
    expect(breaker.failures).toBeGreaterThanOrEqual(5);
    expect(["open", "half_open"]).toContain(breaker.state);
    server.isDown = false;
    await server.clock.advance(40_000);
    expect(session.store.getState().breaker).toEqual({
      state: "closed",
      failures: 0,
      retryAt: null,
    });
  });
});
