// Waiting for something to be so. Never for time to pass in the hope that it is by then.

/** How long anything may take before the test gives up on it. */
export const DEADLINE_MS = 15_000;

/** How often a condition is looked at that nothing announces. */
const INTERVAL_MS = 15;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Gives what `look` gives as soon as that is something; fails after the deadline. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false && seen !== null) return seen;
    if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await pause(INTERVAL_MS);
  }
}

/** Waits for the clock itself, where the clock is what the test is about: a token expires then. */
export const untilClock = (at: number): Promise<unknown> =>
  until(`the clock shows ${at}`, () => Date.now() > at, at - Date.now() + DEADLINE_MS);
