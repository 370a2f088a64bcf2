/** A time that is left as a clock shows it: `04:59`, `1:04:59`. */
export function clockTime(seconds: number): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours > 0 ? `${hours}:` : ""}${pad(minutes)}:${pad(seconds % 60)}`;
}

/** A time that is left in words, as roughly as one says it. */
export function timeInWords(milliseconds: number): string {
  const exact = Math.max(1, Math.round(milliseconds / 1_000));
  const seconds = exact > 12 ? Math.round(exact / 5) * 5 : exact;
  if (seconds < 120 && seconds !== 60) return `${seconds} second${seconds === 1 ? "" : "s"}`;
  const minutes = Math.round(seconds / 60);
  return `${minutes} minute${minutes === 1 ? "" : "s"}`;
}
