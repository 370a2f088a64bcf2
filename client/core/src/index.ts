export { memoryStorage } from "./browser.ts";
export {
  createFlagshipClient,
  developmentToken,
  type FlagshipClient,
  type FlagshipClientOptions,
} from "./client.ts";
export type { Commands } from "./commands.ts";
export type { ConnectionStatus } from "./connection.ts";
export type { Clock, Environment, KeyValueStorage, Socket } from "./environment.ts";
export { type ClientErrorCode, FlagshipError } from "./errors.ts";
export * from "./generated/protocol.ts";
export { SessionClient } from "./session-client.ts";
export type { SessionRequests } from "./session-requests.ts";
export {
  type Expected,
  isAskedFor,
  selectExpected,
  type UnsettledCommand,
} from "./state/expected.ts";
export { type SessionState, selectSelf } from "./state/index.ts";
export type { RoomMessages } from "./state/messages.ts";
export { MAIN_ROOM, type Participants } from "./state/participants.ts";
export type { PendingMessage } from "./state/pending.ts";
export type { Warning } from "./state/warnings.ts";
export type { ReadableStore } from "./store.ts";
export { expiryOf, type GetToken } from "./tokens.ts";
