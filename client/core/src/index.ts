/**
 * One person's way to a Flagship service, for any framework or none: connection, send queue and session state.
 *
 * @module @flagship/core
 */

export type { BreakerState } from "./breaker.ts";
export { memoryStorage } from "./browser.ts";
export {
  createFlagshipClient,
  developmentToken,
  type FlagshipClient,
  type FlagshipClientOptions,
} from "./client.ts";
export type { Commands, SendMore } from "./commands.ts";
export type { ConnectionStatus } from "./connection.ts";
export type { Clock, Environment, KeyValueStorage, Locks, Socket } from "./environment.ts";
export { type ClientErrorCode, FlagshipError } from "./errors.ts";
export * from "./generated/protocol.ts";
export { keyValueQueueStore, type QueueStore, type SavedCommand } from "./queue-store.ts";
export { SessionClient } from "./session-client.ts";
export type { SearchOptions, SessionRequests } from "./session-requests.ts";
export type { ConnectionChange } from "./state/connection-log.ts";
export {
  type Expected,
  isAskedFor,
  selectExpected,
  selectExpectedRoom,
  type UnsettledCommand,
} from "./state/expected.ts";
export { isConnected, type SessionState, selectSelf } from "./state/index.ts";
export { isSameMemory, type Memory, memoryOf } from "./state/memory.ts";
export type { RoomMessages } from "./state/messages.ts";
export { directMessagesWith, hasOlderDirect } from "./state/own.ts";
export { directPosition, type OwnRead } from "./state/own-read.ts";
export { isMutedIn, MAIN_ROOM, type Participants } from "./state/participants.ts";
export type { OutboxState, PendingDirectMessage, PendingMessage } from "./state/pending.ts";
export type { Quality, Sample } from "./state/quality.ts";
export {
  type Delivery,
  deliveryOf,
  directDeliveryOf,
  type Reached,
} from "./state/receipts.ts";
export { expectedMessage } from "./state/said.ts";
export type { Statistics } from "./state/statistics.ts";
export type { Warning } from "./state/warnings.ts";
export type { ReadableStore } from "./store.ts";
export {
  firstToken,
  type TokenBox,
  type TokenLookup,
  tokenInCookie,
  tokenInLocalStorage,
  tokenInMemory,
  tokenInSessionStorage,
} from "./token-sources.ts";
export { expiryOf, type GetToken } from "./tokens.ts";
export { CORE_VERSION } from "./version.ts";
