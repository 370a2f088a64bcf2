/**
 * Breakout rooms for React: the provider, the hook and the components.
 *
 * @module @flagship/react
 */

export {
  createFlagshipClient,
  FlagshipError,
  firstToken,
  type GetToken,
  type TokenBox,
  type TokenLookup,
  tokenInCookie,
  tokenInLocalStorage,
  tokenInMemory,
  tokenInSessionStorage,
} from "@flagship/core";
export {
  type BreakoutRoomConfig,
  configureFlagship,
  type DeliveryStatus,
  debugBreakoutRoomPermissions,
  type FlagshipBreakoutService,
  type FlagshipMessageService,
  flagshipBreakoutService,
  flagshipMessageService,
  type RoomConversation,
  type SendMessageOptions,
  testBreakoutRoomCreation,
} from "@flagship/core/services";
export {
  FlagshipBreakoutRoomManager,
  type FlagshipBreakoutRoomManagerProps,
  type FlagshipUser,
} from "./manager/flagship-breakout-room-manager.tsx";
export type { RoomChanges } from "./manager/use-room-changes.ts";
export {
  FlagshipProvider,
  type FlagshipProviderProps,
  useFlagshipClient,
} from "./provider/flagship-provider.tsx";
export {
  type FlagshipBreakoutRoom,
  type UseFlagshipBreakoutRoomOptions,
  useFlagshipBreakoutRoom,
} from "./provider/use-flagship-breakout-room.ts";
export {
  FlagshipSystemStatus,
  type FlagshipSystemStatusProps,
} from "./status/flagship-system-status.tsx";
export { REACT_VERSION } from "./version.ts";
