// New secrets for the settings.

import { randomBytes } from "node:crypto";

/** An entry of FLAGSHIP_KEYS: 48 bytes in base64url, of which 32 are asked for. */
export const newKey = () => randomBytes(48).toString("base64url");
