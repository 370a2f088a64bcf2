import { FlagshipError } from "./errors.ts";
import { expiryOf, type GetToken } from "./tokens.ts";

/** Somewhere a token may be found; `null`, `undefined` and the empty text mean that there is none. */
export type TokenLookup = (request: {
  fresh: boolean;
}) => string | null | undefined | Promise<string | null | undefined>;

/** A token that is kept in memory, and in nothing that outlives the page. */
export interface TokenBox {
  /** Gives the token that was set last. */
  (): string | null;
  /** Replaces it; `null` for none. */
  set(token: string | null): void;
}

/** A place for a token that the page has got by itself. */
export function tokenInMemory(token: string | null = null): TokenBox {
  let held = token;
  const box = (() => held) as TokenBox;
  box.set = (next) => {
    held = next;
  };
  return box;
}

/** Looks into `localStorage`, each time anew: another tab may have renewed the token. */
export function tokenInLocalStorage(key: string): TokenLookup {
  return () => reading(() => localStorage.getItem(key));
}

/** Looks into `sessionStorage`, each time anew. */
export function tokenInSessionStorage(key: string): TokenLookup {
  return () => reading(() => sessionStorage.getItem(key));
}

/** Looks for a cookie that scripts may read: one that is not `HttpOnly`. */
export function tokenInCookie(name: string): TokenLookup {
  return () =>
    reading(() => {
      const cookies = document.cookie.split(";").map((cookie) => cookie.trim());
      const found = cookies.find((cookie) => cookie.startsWith(`${name}=`));
      return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
    });
}

/**
 * The first token that is found in these places, in order. One that was refused is passed over, and so is one that has
 * expired as long as another place has a better one. Where there is none but the old one, it rejects, and is asked again
 * later: by then somebody may have put a new one there.
 *
 * @example getToken: firstToken(tokenInLocalStorage("token"), tokenInCookie("auth"), () => signIn())
 */
export function firstToken(...places: readonly TokenLookup[]): GetToken {
  let given: string | undefined;
  return async ({ fresh }) => {
    let lastResort: string | undefined;
    let failure: unknown;
    for (const place of places) {
      try {
        const token = await place({ fresh });
        if (!token || (fresh && token === given)) continue;
        if (!hasExpired(token)) {
          given = token;
          return token;
        }
        lastResort ??= token;
      } catch (thrown) {
        // A place that fails is one where there is none; if there is none anywhere, this is why.
        failure ??= thrown;
      }
    }
    if (lastResort !== undefined) {
      given = lastResort;
      return lastResort;
    }
    if (failure instanceof FlagshipError) throw failure;
    const message = fresh
      ? "There is no newer token. Sign in again."
      : "There is no token. Sign in.";
    throw new FlagshipError("token", message, { cause: failure, retryable: true });
  };
}

/** By this device's clock, which may be off: the server decides, where there is no other. */
function hasExpired(token: string): boolean {
  const expiry = expiryOf(token);
  return expiry !== undefined && expiry < Date.now();
}

/** Where storage or cookies are switched off, reading them throws. */
function reading(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
