// What the types promise to integrators. The compiler checks it; nothing here runs to any effect.

import { describe, expectTypeOf, test } from "vitest";
import type {
  ClientErrorCode,
  Commands,
  ConnectionStatus,
  Delivery,
  ErrorCode,
  FlagshipClientOptions,
  FlagshipError,
  GetToken,
  Message,
  PendingMessage,
  QueueStore,
  Room,
  SessionClient,
  SessionState,
  TokenLookup,
} from "../src/index.ts";
import {
  createFlagshipClient,
  deliveryOf,
  firstToken,
  isConnected,
  selectSelf,
  tokenInCookie,
} from "../src/index.ts";
import { indexedDbQueueStore } from "../src/offline/index.ts";
import { FakeServer } from "../src/testing/index.ts";

describe("the types of the public surface", () => {
  test("a client needs an address and a token, and nothing else", () => {
    expectTypeOf<{ url: string; getToken: () => string }>().toExtend<FlagshipClientOptions>();
    expectTypeOf<{ url: string }>().not.toExtend<FlagshipClientOptions>();
    expectTypeOf(createFlagshipClient).returns.toHaveProperty("session");
    expectTypeOf(firstToken(tokenInCookie("auth"))).toEqualTypeOf<GetToken>();
    expectTypeOf<GetToken>().toExtend<TokenLookup>();
    expectTypeOf(indexedDbQueueStore()).toEqualTypeOf<QueueStore>();
  });

  test("a phase narrows what is known of the connection", () => {
    type Phase = "idle" | "connecting" | "open" | "fallback" | "backoff" | "stopped";
    expectTypeOf<ConnectionStatus["phase"]>().toEqualTypeOf<Phase>();
    type Stopped = Extract<ConnectionStatus, { phase: "stopped" }>;
    expectTypeOf<Stopped["error"]>().toEqualTypeOf<FlagshipError>();
    type Backoff = Extract<ConnectionStatus, { phase: "backoff" }>;
    expectTypeOf<Backoff["retryAt"]>().toEqualTypeOf<number>();
    expectTypeOf<Extract<ConnectionStatus, { phase: "open" }>>().not.toHaveProperty("error");
  });

  test("a command resolves with what came of it, and takes nothing that is not its own", () => {
    expectTypeOf<Commands["createRoom"]>().returns.resolves.toEqualTypeOf<Room>();
    expectTypeOf<Commands["sendMessage"]>().returns.resolves.toEqualTypeOf<Message>();
    expectTypeOf<Commands["leaveSession"]>().returns.resolves.toEqualTypeOf<void>();
    expectTypeOf<Commands["sendMessage"]>().parameter(0).toEqualTypeOf<string>();
    expectTypeOf<{ title: string }>().not.toExtend<Parameters<Commands["createRoom"]>[0]>();
  });

  test("a state is read, not written", () => {
    type State = ReturnType<SessionClient["store"]["getState"]>;
    expectTypeOf<State>().toEqualTypeOf<SessionState>();
    expectTypeOf<State["pending"]>().toEqualTypeOf<readonly PendingMessage[]>();
    expectTypeOf<SessionClient["store"]>().not.toHaveProperty("update");
    expectTypeOf(isConnected).returns.toEqualTypeOf<boolean>();
    expectTypeOf(selectSelf).returns.toExtend<{ role: string } | undefined>();
    expectTypeOf(deliveryOf).returns.toEqualTypeOf<Delivery>();
  });

  test("an error's code is one of those that are written down", () => {
    expectTypeOf<FlagshipError["code"]>().toEqualTypeOf<ErrorCode | ClientErrorCode>();
    expectTypeOf<"queue_full">().toExtend<ClientErrorCode>();
    expectTypeOf<"oops">().not.toExtend<FlagshipError["code"]>();
  });

  test("the fake server stands in for the world around a client", () => {
    type World = NonNullable<FlagshipClientOptions["environment"]>;
    expectTypeOf<FakeServer["environment"]>().returns.toExtend<World>();
    expectTypeOf(new FakeServer().url).toEqualTypeOf<string>();
  });
});
