// Tokens as an identity provider would mint them, good and bad.

import { createHmac, type KeyObject, randomUUID, sign } from "node:crypto";

/** What the services under test are given as JWT_SECRET. */
export const SECRET = "a secret of the tests, and at least 32 bytes long";

/** What they are given as FLAGSHIP_KEYS. */
export const KEYS = Buffer.from("the keys of the tests, and at least 32 bytes").toString(
  "base64url",
);

/** Somebody with a token. */
export interface Person {
  id: string;
  alias: string;
  token: string;
}

const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

const nowInSeconds = () => Math.floor(Date.now() / 1000);

/** Claims that hold for an hour. */
export const claims = (sub: string, more: object = {}): object => ({
  sub,
  exp: nowInSeconds() + 3600,
  ...more,
});

/** A token signed with a shared secret. */
export function hs256(payload: object, secret: string = SECRET, header: object = {}): string {
  const signed = `${base64url({ alg: "HS256", typ: "JWT", ...header })}.${base64url(payload)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** A token signed with a private key, in one of the ways that JWKS keys are for. */
export function signed(
  alg: "RS256" | "ES256" | "EdDSA",
  key: KeyObject,
  payload: object,
  kid?: string,
) {
  const text = `${base64url({ alg, typ: "JWT", ...(kid ? { kid } : {}) })}.${base64url(payload)}`;
  const digest = alg === "EdDSA" ? null : "sha256";
  const signature = sign(digest, Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}

/** A token that nobody signed. */
export const unsigned = (payload: object): string =>
  `${base64url({ alg: "none", typ: "JWT" })}.${base64url(payload)}.`;

/** Somebody with this name, not met before, with a token for `seconds`. */
export function person(alias: string, seconds = 3600): Person {
  const id = `${alias.toLowerCase()}-${randomUUID()}`;
  return { id, alias, token: hs256(claims(id, { alias, exp: nowInSeconds() + seconds })) };
}

/** Another token of the same person. */
export const renewed = ({ id, alias }: Person, seconds = 3600): string =>
  hs256(claims(id, { alias, exp: nowInSeconds() + seconds }));
