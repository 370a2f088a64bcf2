import type { Formats } from "../i18n/formats.ts";
import type { T } from "../i18n/messages.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day as one says it: today, yesterday, or its date. Milliseconds since the epoch. */
export function dayInWords(t: T, formats: Formats, at: number, now: number = Date.now()): string {
  const date = new Date(at);
  if (date.toDateString() === new Date(now).toDateString()) return t("chat.today");
  if (date.toDateString() === new Date(now - DAY_MS).toDateString()) return t("chat.yesterday");
  return formats.day(at, date.getFullYear() !== new Date(now).getFullYear());
}
