import { createFlagshipClient, type FlagshipClient, FlagshipError } from "@flagship/core";
import type { Identity } from "./identity.ts";

/** A client that speaks as somebody. It cannot renew a token: when that ends, the person signs in again. */
export function clientOf({ token }: Identity): FlagshipClient {
  return createFlagshipClient({
    url: location.origin,
    getToken: ({ fresh }) => {
      if (!fresh) return token;
      throw new FlagshipError("unauthorized", "Your sign-in is no longer accepted. Sign in again.");
    },
  });
}
