import type { ConnectionStatus } from "../connection.ts";

/** A change in a connection's life. */
export interface ConnectionChange {
  /** When, milliseconds since the epoch. */
  readonly at: number;
  readonly phase: ConnectionStatus["phase"];
}

/** Changes that are kept: an evening with a bad line. */
const KEPT = 100;

/** The latest changes, newest last. */
export function logged(
  held: readonly ConnectionChange[],
  change: ConnectionChange,
): readonly ConnectionChange[] {
  return held.at(-1)?.phase === change.phase ? held : [...held, change].slice(-KEPT);
}
