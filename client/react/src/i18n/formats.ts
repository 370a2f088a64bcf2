import { useMemo } from "react";
import { isolated } from "./bidi.ts";
import { type Locale, useLocale } from "./locale-context.ts";

/** Writes dates, numbers and lists as a language does. */
export interface Formats {
  /** `14:05`. */
  timeOfDay(at: number | Date): string;
  /** `14:05:09`. */
  exactTime(at: number | Date): string;
  /** `Tuesday, 3 March 2026 at 14:05`. */
  dateAndTime(at: number | Date): string;
  /** `Tuesday, 3 March`, with the year or without. */
  day(at: number | Date, withYear: boolean): string;
  number(value: number, fractionDigits?: number): string;
  /** A time that is left as a clock shows it: `04:59`, `1:04:59`. */
  clock(seconds: number): string;
  /** `Ada, Grace, Linus`: each set apart from its neighbours. */
  list(names: readonly string[]): string;
  /** Which of two names comes first. */
  compare(a: string, b: string): number;
}

const made = new Map<string, Formats>();

/** How things are written in a language. Made once, as making a format costs much. */
export function formatsOf({ locale, dir }: Pick<Locale, "locale" | "dir">): Formats {
  const existing = made.get(locale);
  if (existing) return existing;
  const day = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const exact = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
  const weekday = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
  const one = new Intl.NumberFormat(locale, { useGrouping: false });
  const list = new Intl.ListFormat(locale, { type: "unit", style: "short" });
  const { compare } = new Intl.Collator(locale);
  const formats: Formats = {
    timeOfDay: (at) => day.format(at),
    exactTime: (at) => exact.format(at),
    dateAndTime: (at) => full.format(at),
    day: (at, withYear) => (withYear ? fullDay : weekday).format(at),
    number: (value, digits = 0) =>
      value.toLocaleString(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
    clock: (seconds) => {
      const hours = Math.floor(seconds / 3600);
      const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => two.format(part));
      return [...(hours > 0 ? [one.format(hours)] : []), ...parts].join(":");
    },
    list: (names) => list.format(names.map((name) => isolated(name, dir))),
    compare,
  };
  made.set(locale, formats);
  return formats;
}

/** How things are written in the language of the page. */
export function useFormats(): Formats {
  const locale = useLocale();
  return useMemo(() => formatsOf(locale), [locale]);
}
