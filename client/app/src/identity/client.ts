import {
  createFlagshipClient,
  type FlagshipClient,
  FlagshipError,
  type GetToken,
} from "@flagship/core";
import { indexedDbQueueStore } from "@flagship/core/offline";
import type { Identity } from "./identity.ts";

/** Somebody's token, which cannot be renewed: when it ends, the person signs in again. */
export function tokenOf({ token }: Identity): GetToken {
  return ({ fresh }) => {
    if (!fresh) return token;
    throw new FlagshipError("unauthorized", "Your sign-in is no longer accepted. Sign in again.");
  };
}

/** A client that speaks as somebody. */
export function clientOf(identity: Identity): FlagshipClient {
  return createFlagshipClient({
    url: location.origin,
    getToken: tokenOf(identity),
    queue: indexedDbQueueStore(),
  });
}
