import { describe, expect, it } from "vitest";
import { deliveryOf, type Message, type SessionClient } from "../src/index.ts";
import { ASK_EVERY_MS } from "../src/receipts-polls.ts";
import { FakeServer, type Sockets } from "../src/testing/index.ts";
import { follow, phase } from "./support/fake.ts";

const far = ({ store }: SessionClient, message: Message) => deliveryOf(store.getState(), message);

describe.each<Sockets>(["open", "blocked"])("a message, with sockets that are %s", (sockets) => {
  it("is accepted, then delivered, then read, by how many of the others", async () => {
    const server = new FakeServer();
    server.sockets = sockets;
    const [ada, grace] = [await follow(server, "ada"), await follow(server, "grace")];
    server.act("ben", { type: "join_session" });
    await server.clock.advance(1_000);

    const sent = ada.commands.sendMessage("main", "hello");
    await server.clock.advance(100);
    const message = await sent;
    await server.clock.advance(ASK_EVERY_MS * 3);
    // Ben's page does not say how far it has got.
    expect(far(ada, message)).toEqual({ state: "accepted", others: 2, delivered: 1, read: 0 });

    grace.markRead("main");
    await server.clock.advance(ASK_EVERY_MS * 3);
    expect(far(ada, message)).toMatchObject({ delivered: 1, read: 1 });

    server.act("ben", { type: "leave_session" });
    ada.markRead("main");
    grace.markRead("main");
    await server.clock.advance(ASK_EVERY_MS * 3);
    const answer = grace.commands.sendMessage("main", "yes?");
    await server.clock.advance(ASK_EVERY_MS * 3);
    await answer;
    expect(far(ada, message)).toEqual({ state: "read", others: 1, delivered: 1, read: 1 });
  });
});

describe("what is not known", () => {
  it("is not made up: without receipts a message is accepted", async () => {
    const ada = await follow(new FakeServer(), "ada");
    const message = { roomId: "main", seq: 1 };
    expect(deliveryOf(ada.store.getState(), message)).toEqual({
      state: "accepted",
      others: null,
      delivered: 0,
      read: 0,
    });
  });
});

describe("the quality of a connection", () => {
  it("is told by round trips of pings and acks, and by how long events take", async () => {
    const server = new FakeServer();
    const ada = await follow(server, "ada");
    expect(ada.store.getState().quality).toMatchObject({ level: "unknown", roundTripMs: null });
    ada.measure();
    await ada.commands.sendMessage("main", "hello");
    const { quality } = ada.store.getState();
    expect(quality).toMatchObject({ level: "good", roundTripMs: 0 });
    expect(new Set(quality.samples.map(({ kind }) => kind))).toEqual(
      new Set(["ping", "ack", "event"]),
    );
  });

  it("is remembered as the changes of the connection are", async () => {
    const server = new FakeServer();
    const ada = await follow(server, "ada");
    server.sockets = "blocked";
    server.cut();
    await server.clock.advance(3_000);
    expect(phase(ada)).toBe("fallback");
    const log = ada.store.getState().connectionLog.map((change) => change.phase);
    expect(log.slice(0, 3)).toEqual(["connecting", "open", "backoff"]);
    expect(log.at(-1)).toBe("fallback");
    expect(ada.store.getState().statistics).toMatchObject({ losses: 1, toFallback: 1 });
  });
});
