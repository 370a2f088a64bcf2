import type { T } from "../i18n/messages.ts";

/** A time that is left in words, as roughly as one says it. */
export function timeInWords(t: T, milliseconds: number): string {
  const exact = Math.max(1, Math.round(milliseconds / 1_000));
  const seconds = exact > 12 ? Math.round(exact / 5) * 5 : exact;
  if (seconds < 120 && seconds !== 60) return t("time.seconds", { count: seconds });
  return t("time.minutes", { count: Math.round(seconds / 60) });
}
