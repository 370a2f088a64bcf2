/** Delays that grow from try to try. Milliseconds. */
export interface Backoff {
  /** The longest first delay. */
  base: number;
  /** No delay is longer. */
  cap: number;
}

/**
 * A delay with full jitter: anywhere between nothing and the longest delay of this attempt (0 is the first),
 * so that clients that lost the server together do not come back together.
 *
 * @returns whole milliseconds
 */
export function fullJitter({ base, cap }: Backoff, attempt: number, random: () => number): number {
  const longest = Math.min(cap, base * 2 ** Math.min(attempt, 30));
  return Math.floor(random() * longest);
}
