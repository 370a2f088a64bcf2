/**
 * What most pages need, as plain functions: rooms, messages, and why somebody may not do something.
 *
 * @module @flagship/core/services
 */

export {
  type BreakoutRoomConfig,
  type FlagshipBreakoutService,
  flagshipBreakoutService,
} from "./breakout-service.ts";
export { configuredClient, offerClient } from "./configuration.ts";
export { configureFlagship } from "./configure.ts";
export {
  type DebugCommands,
  debugBreakoutRoomPermissions,
  installDebugCommands,
  isDevelopment,
  testBreakoutRoomCreation,
} from "./debug.ts";
export {
  type DeliveryStatus,
  type FlagshipMessageService,
  flagshipMessageService,
  type RoomConversation,
  type SendMessageOptions,
} from "./message-service.ts";
