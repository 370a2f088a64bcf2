/** A JWT that nobody signed, for the fake server. `expiresAt`: milliseconds since the epoch. */
export function tokenOf(subject: string, expiresAt?: number): string {
  const claims = { sub: subject, ...(expiresAt && { exp: Math.floor(expiresAt / 1000) }) };
  return `e30.${encode(claims)}.sig`;
}

/** Who a token of {@link tokenOf} is for; undefined if it is none. */
export function subjectOf(token: string): string | undefined {
  const claims = decode(token.split(".")[1] ?? "");
  const subject = typeof claims === "object" && claims !== null && "sub" in claims && claims.sub;
  return typeof subject === "string" ? subject : undefined;
}

/** JSON as a text that fits an address. */
export function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The JSON of {@link encode}; undefined if it is none. */
export function decode(text: string): unknown {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const codes = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(codes));
  } catch {
    return undefined;
  }
}
