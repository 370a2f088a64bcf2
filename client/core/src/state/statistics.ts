/** Counts since this client was made. */
export interface Statistics {
  /** Commands that were sent for the first time. */
  readonly sent: number;
  /** Commands that were sent again, because no answer had come or the server asked to wait. */
  readonly resent: number;
  /** Commands that the server carried out. */
  readonly acked: number;
  /** … of which it had carried out already when they came again. */
  readonly duplicates: number;
  /** Refusals, those included that were followed by another try. */
  readonly refused: number;
  /** Commands that were refused for good, or given up. */
  readonly failed: number;
  /** Events that were applied. */
  readonly events: number;
  /** Events that came again, and were dropped. */
  readonly repeats: number;
  /** Times that the server went on where this client was. */
  readonly resumes: number;
  /** Times that the server began afresh, the first included. */
  readonly snapshots: number;
  /** Times that events were missing before those that came. */
  readonly gaps: number;
  /** Connections that were lost. */
  readonly losses: number;
  /** Times that HTTP took over. */
  readonly toFallback: number;
  /** Times that a socket took over from HTTP. */
  readonly toSocket: number;
}

export const NO_STATISTICS: Statistics = {
  sent: 0,
  resent: 0,
  acked: 0,
  duplicates: 0,
  refused: 0,
  failed: 0,
  events: 0,
  repeats: 0,
  resumes: 0,
  snapshots: 0,
  gaps: 0,
  losses: 0,
  toFallback: 0,
  toSocket: 0,
};

export function count(held: Statistics, what: keyof Statistics, by = 1): Statistics {
  return by === 0 ? held : { ...held, [what]: held[what] + by };
}
