import { expiryOf } from "@flagship/core";

/** Who this window speaks as. */
export interface Identity {
  token: string;
  /** The name that others see; a guess from the token where the service has issuers of its own. */
  alias: string;
}

/**
 * A window keeps its identity through reloads; a second window may be a second person. What was used last is kept
 * for all windows too, as an offer.
 */
const KEY = "flagship.identity";

/** This window's identity, if it has one that has not expired. */
export const heldIdentity = (): Identity | undefined => read(() => sessionStorage);

/** The identity that was last used in this browser, if it has not expired. */
export const offeredIdentity = (): Identity | undefined => read(() => localStorage);

/** Takes an identity for this window. `isOffered`: other windows may go on as this one. */
export function holdIdentity(identity: Identity, isOffered: boolean): void {
  write(() => sessionStorage, identity);
  if (isOffered) write(() => localStorage, identity);
}

/** Gives this window's identity up, and with it the offer to go on as the same. */
export function dropIdentity(): void {
  const held = heldIdentity();
  write(() => sessionStorage, undefined);
  if (offeredIdentity()?.token === held?.token) write(() => localStorage, undefined);
}

/** An identity from a token that an issuer gave; the service finds out whether it holds. */
export function identityOf(token: string): Identity {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (byte) => byte.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    const alias = claims.alias ?? claims.name ?? claims.username ?? claims.user?.alias;
    return { token, alias: typeof alias === "string" ? alias : "you" };
  } catch {
    return { token, alias: "you" };
  }
}

/** Reading the storage's property throws where it is switched off. */
function read(storage: () => Storage): Identity | undefined {
  try {
    const { token, alias } = JSON.parse(storage().getItem(KEY) ?? "{}");
    if (typeof token !== "string" || typeof alias !== "string") return undefined;
    return (expiryOf(token) ?? Number.POSITIVE_INFINITY) > Date.now()
      ? { token, alias }
      : undefined;
  } catch {
    return undefined;
  }
}

function write(storage: () => Storage, identity: Identity | undefined): void {
  try {
    if (identity) storage().setItem(KEY, JSON.stringify(identity));
    else storage().removeItem(KEY);
  } catch {}
}
