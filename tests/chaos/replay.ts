// How long people wait, once they are back, until they have everything that had been said meanwhile.

/** The streams of a run, as far as anybody has seen them, and who still catches up. */
export class Replays {
  /** Milliseconds from being welcomed to the last missed event, for each that had missed something. */
  readonly times: number[] = [];
  /** Events that were missed, and came. */
  missed = 0;
  readonly #heads = new Map<string, number>();

  saw(stream: string, seq: number): void {
    if (seq > (this.#heads.get(stream) ?? 0)) this.#heads.set(stream, seq);
  }

  /** Somebody is back, and stands at these positions. */
  begin(positions: Readonly<Record<string, number>>): Replay {
    const lacking = new Map<string, number>();
    for (const [stream, position] of Object.entries(positions)) {
      const head = this.#heads.get(stream) ?? 0;
      if (head <= position) continue;
      lacking.set(stream, head);
      this.missed += head - position;
    }
    return new Replay(lacking, (ms) => this.times.push(ms));
  }

  /** The time within which so many of a hundred had everything. */
  percentile(share: number): number {
    const sorted = [...this.times].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? 0;
  }
}

/** One return. Given up by being forgotten: whoever is cut again begins again. */
export class Replay {
  readonly #began = performance.now();
  readonly #lacking: Map<string, number>;
  readonly #done: (ms: number) => void;

  constructor(lacking: Map<string, number>, done: (ms: number) => void) {
    this.#lacking = lacking;
    this.#done = done;
  }

  reached(stream: string, seq: number): void {
    const head = this.#lacking.get(stream);
    if (head === undefined || seq < head) return;
    this.#lacking.delete(stream);
    if (this.#lacking.size === 0) this.#done(performance.now() - this.#began);
  }
}
