import { FlagshipError } from "@flagship/core";
import { en } from "../i18n/locales/en/index.ts";
import type { MessageKey, T } from "../i18n/messages.ts";
import { sentence } from "./sentence.ts";

/** Why something did not come about, for the person. */
export function errorText(t: T, error: unknown): string {
  const detail = sentence(error instanceof Error ? error.message : String(error));
  const key = error instanceof FlagshipError ? `error.${error.code}` : "error.other";
  return t(isKey(key) ? key : "error.other", { detail });
}

const isKey = (key: string): key is Extract<MessageKey, `error.${string}`> =>
  Object.hasOwn(en, key);
