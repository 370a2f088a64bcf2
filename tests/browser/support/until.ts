/** How long anything may take before the test gives up on it. Milliseconds. */
const DEADLINE_MS = 60_000;

const INTERVAL_MS = 50;

/** Waits for a condition that nothing announces; fails after a minute. */
export async function until(what: string, look: () => Promise<boolean | undefined>): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`not within ${DEADLINE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
