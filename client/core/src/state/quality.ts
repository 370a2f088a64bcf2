/** One measurement of the connection. */
export interface Sample {
  /** When it ended, milliseconds since the epoch. */
  readonly at: number;
  /**
   * `ping` and `ack`: to the server and back, without and with what it does for a command. `event`: from what happened
   * there to this client knowing of it.
   */
  readonly kind: "ping" | "ack" | "event";
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** How good the connection is. */
export interface Quality {
  /** By the latest round trips; `unknown` until there are any. */
  readonly level: "unknown" | "good" | "fair" | "poor";
  /** The median of the latest round trips, in milliseconds. */
  readonly roundTripMs: number | null;
  /** The latest measurements, newest last: to be plotted. */
  readonly samples: readonly Sample[];
}

export const UNKNOWN_QUALITY: Quality = { level: "unknown", roundTripMs: null, samples: [] };

/** Measurements that are kept. */
export const SAMPLES = 120;

/** Round trips that the level is told by. */
const LATEST = 5;

/** A round trip up to which talk feels immediate, and one beyond which people wait for each other. Milliseconds. */
const GOOD_MS = 250;
const FAIR_MS = 800;

export function measured(held: Quality, sample: Sample): Quality {
  const samples = [...held.samples, sample].slice(-SAMPLES);
  if (sample.kind === "event") return { ...held, samples };
  const latest = samples.filter(({ kind }) => kind !== "event").slice(-LATEST);
  const sorted = latest.map(({ ms }) => ms).sort((a, b) => a - b);
  const roundTripMs = sorted[Math.floor(sorted.length / 2)] ?? sample.ms;
  const level = roundTripMs <= GOOD_MS ? "good" : roundTripMs <= FAIR_MS ? "fair" : "poor";
  return { level, roundTripMs, samples };
}
