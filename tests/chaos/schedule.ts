// What goes wrong and what is said, and when: all of it follows from the seed.

import { Random } from "../e2e/support/random.ts";

/** What a run is made of. */
export interface Shape {
  seed: number;
  rooms: number;
  /** People in each room. */
  people: number;
  /** How long things are said and go wrong. */
  seconds: number;
}

/** One thing that happens, `at` milliseconds after the beginning. People are numbered through all rooms. */
export type Act = { at: number } & (
  | { type: "say"; who: number; everywhere: boolean; twice: boolean }
  /** Edits or deletes a message of one's own, or puts something to another's. */
  | { type: "change"; who: number; what: Change }
  /** Writes to one person, or edits or deletes such a message of one's own, or puts something to another's. */
  | { type: "whisper"; who: number; to: number; what: "say" | Change }
  /** Ends the process, by SIGKILL, and starts it again `downMs` later. */
  | { type: "kill"; downMs: number }
  /** The archive fails for so long. */
  | { type: "archive"; downMs: number }
  /** The connection breaks, and none can be made for so long. */
  | { type: "cut"; who: number; offlineMs: number }
  /** Says something whose answer is lost: what comes back is dropped for a while, then the connection breaks. */
  | { type: "unheard"; who: number; deafMs: number }
  /** The page is reloaded: what was to be sent is still there, what was seen is not. */
  | { type: "reload"; who: number }
  /** No WebSocket gets through for so long: plain requests and polls do. */
  | { type: "polling"; who: number; forMs: number }
);

export const CHANGES = ["edit", "delete", "react"] as const;
export type Change = (typeof CHANGES)[number];

/** How far apart a person's messages and faults are, in milliseconds: at least, and a chance of so much more. */
const EVERY = {
  say: [700, 1_600],
  change: [4_000, 8_000],
  whisper: [3_000, 5_000],
  cut: [4_000, 8_000],
  unheard: [6_000, 12_000],
  reload: [15_000, 40_000],
  polling: [15_000, 30_000],
  kill: [7_000, 6_000],
  archive: [6_000, 6_000],
} as const;

/** What a message says, by its key. */
export const contentOf = (key: string): string => `message ${key}`;

export const OFFLINE_MS = 2_000;

/** Everything that happens, the earliest first. */
export function schedule({ seed, rooms, people, seconds }: Shape): Act[] {
  const random = new Random(seed);
  const end = seconds * 1_000;
  const acts: Act[] = [];
  const times = (what: keyof typeof EVERY, act: (at: number) => Act) => {
    const [least, more] = EVERY[what];
    for (let at = random.below(least + more); at < end; at += least + random.below(more)) {
      acts.push(act(at));
    }
  };
  times("kill", (at) => ({ at, type: "kill", downMs: 200 + random.below(800) }));
  times("archive", (at) => ({ at, type: "archive", downMs: 1_500 + random.below(2_500) }));
  for (let who = 0; who < rooms * people; who += 1) {
    times("say", (at) => {
      const everywhere = random.below(20) === 0;
      return { at, type: "say", who, everywhere, twice: random.below(6) === 0 };
    });
    times("change", (at) => ({ at, type: "change", who, what: random.pick(CHANGES) }));
    times("cut", (at) => ({ at, type: "cut", who, offlineMs: OFFLINE_MS }));
    times("unheard", (at) => ({ at, type: "unheard", who, deafMs: 100 + random.below(300) }));
    times("reload", (at) => ({ at, type: "reload", who }));
    if (who % 4 === 0) {
      times("polling", (at) => ({ at, type: "polling", who, forMs: 5_000 + random.below(5_000) }));
    }
  }
  for (let who = 0; who < rooms * people; who += 1) {
    times("whisper", (at) => {
      const what = random.below(5) < 3 ? "say" : random.pick(CHANGES);
      return { at, type: "whisper", who, to: random.below(rooms * people), what };
    });
  }
  return acts.sort((one, other) => one.at - other.at);
}
