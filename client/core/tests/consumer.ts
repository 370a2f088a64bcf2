// A program of somebody who installed the package: it has to compile and to run, in a project of its own (see
// scripts/checks/packages.mjs). Nothing but what the package exports.

import {
  type ConnectionStatus,
  createFlagshipClient,
  deliveryOf,
  type FlagshipClientOptions,
  FlagshipError,
  type GetToken,
  isConnected,
  type Message,
  type SessionClient,
  selectSelf,
} from "@flagship/core";
import { indexedDbQueueStore } from "@flagship/core/offline";
import { configureFlagship, flagshipMessageService } from "@flagship/core/services";
import { FakeServer, settled, tokenOf } from "@flagship/core/testing";

const server = new FakeServer();
server.session("s1", "ada");
const getToken: GetToken = async ({ fresh }: { fresh: boolean }) => tokenOf(fresh ? "ada" : "ada");
const environment = server.environment();
const options: FlagshipClientOptions = { url: server.url, getToken, environment };

const session: SessionClient = createFlagshipClient(options).session("s1");
session.connect();
await settled();

const message: Message = await session.commands.sendMessage("main", "hello");
await settled();
const state = session.store.getState();
const status: ConnectionStatus = state.connection;
if (!isConnected(state) || status.phase !== "open") throw new Error(`it is ${status.phase}`);
if (selectSelf(state)?.role !== "host") throw new Error("whoever made the session is its host");
if (deliveryOf(state, message).state !== "accepted") throw new Error("it was accepted");

const refused: unknown = await session.commands.joinRoom("nowhere").catch((error) => error);
if (!(refused instanceof FlagshipError)) throw new Error("a refusal is a FlagshipError");
if (refused.code !== "room_not_found") throw new Error(refused.code);

// What compiles, and is for browsers.
export const inBrowser = (): void => {
  configureFlagship({ url: "https://example.com", getToken, queue: indexedDbQueueStore() });
  void flagshipMessageService.sendMessage("s1", "hello", { roomId: "main" });
};

// @ts-expect-error A room has a name.
export const noName = () => session.commands.createRoom({});
// @ts-expect-error There is no such phase.
export const noPhase: ConnectionStatus["phase"] = "closed";
session.stop();
