import type { Environment } from "./environment.ts";
import type { Cursor, RoomId } from "./generated/protocol.ts";
import { REACHED_NOTHING, type Reached } from "./state/receipts.ts";

/** Least time between two reports over a socket, and over HTTP. Milliseconds. */
const REPORT_EVERY_MS = { socket: 1_000, http: 5_000 };

/** … and this much more for everyone who is there: a thousand people need not report every second. Milliseconds. */
const MORE_PER_PERSON_MS = 5;

/** Events after which a report does not wait: the server counts on it, as the credit of a reader. */
const REPORT_AFTER_EVENTS = 256;

/** What reports ask of, and tell, the one who holds them. */
export interface ReachedOwner {
  /** How far each followed room has come here. */
  positions(): Record<RoomId, number>;
  /** How many people are there. */
  people(): number;
  /** Reports; by which way, or `undefined` if there is no connection. */
  report(cursor: Cursor): keyof typeof REPORT_EVERY_MS | undefined;
  /** What was reported. */
  reported(reached: Reached): void;
}

/** Tells the server, lazily, what has been received here and what the person has seen. */
export class ReachedReports {
  readonly #environment: Environment;
  readonly #owner: ReachedOwner;
  #read: Record<RoomId, number> = {};
  #reported: Reached = REACHED_NOTHING;
  #way: keyof typeof REPORT_EVERY_MS = "socket";
  #unreported = 0;
  #cancel: (() => void) | undefined;

  constructor(environment: Environment, owner: ReachedOwner) {
    this.#environment = environment;
    this.#owner = owner;
  }

  /** A connection begins: it knows nothing of what was reported over another. */
  restart(): void {
    this.#reported = REACHED_NOTHING;
    this.#soon();
  }

  /** So many events came. */
  heard(events: number): void {
    if (events === 0) return;
    this.#unreported += events;
    if (this.#unreported >= REPORT_AFTER_EVENTS) this.#report();
    else this.#soon();
  }

  /** The person has seen what was said in a room, up to a `seq`. */
  read(room: RoomId, seq: number): void {
    if (seq <= (this.#read[room] ?? 0)) return;
    this.#read[room] = seq;
    this.#soon();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #soon(): void {
    if (this.#cancel) return;
    const { clock, random } = this.#environment;
    const longest = REPORT_EVERY_MS[this.#way] + MORE_PER_PERSON_MS * this.#owner.people();
    this.#cancel = clock.after(Math.ceil(longest * (0.5 + random() / 2)), () => this.#report());
  }

  #report(): void {
    this.stop();
    this.#unreported = 0;
    const received = this.#owner.positions();
    // What was said before somebody came into a room, they did not miss to read; what they cannot see, they did not read.
    const read = Object.fromEntries(
      Object.entries(this.#read).flatMap(([room, seq]) => {
        const held = received[room];
        return held === undefined ? [] : [[room, Math.min(seq, held)] as const];
      }),
    );
    const reached = { received, read };
    if (isSame(reached, this.#reported)) return;
    const way = this.#owner.report({ received: byStream(received), read: byStream(read) });
    if (!way) return;
    this.#way = way;
    this.#reported = reached;
    this.#owner.reported(reached);
  }
}

function byStream(rooms: Readonly<Record<RoomId, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(rooms).map(([room, seq]) => [`room:${room}`, seq]));
}

function isSame(a: Reached, b: Reached): boolean {
  const same = (x: Reached["read"], y: Reached["read"]) =>
    Object.keys(x).every((room) => x[room] === y[room]);
  return same(a.received, b.received) && same(a.read, b.read);
}
