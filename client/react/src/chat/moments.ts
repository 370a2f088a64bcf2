const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayWithYear = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });

/** What a clock shows, such as `14:05`. `at`: milliseconds since the epoch, as for all of these. */
export const timeOf = (at: number): string => time.format(at);

/** Day and time, written out. */
export const momentOf = (at: number): string => dateAndTime.format(at);

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day as one says it: today, yesterday, or its date. */
export function dayOf(at: number, now: number = Date.now()): string {
  const date = new Date(at);
  if (date.toDateString() === new Date(now).toDateString()) return "Today";
  if (date.toDateString() === new Date(now - DAY_MS).toDateString()) return "Yesterday";
  return (date.getFullYear() === new Date(now).getFullYear() ? day : dayWithYear).format(date);
}
