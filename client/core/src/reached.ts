import type { Environment } from "./environment.ts";
import type { Cursor, RoomId, StreamId } from "./generated/protocol.ts";
import type { Reached } from "./state/receipts.ts";
import { beyond, type Positions, personOf, roomOf } from "./streams.ts";

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
  /** What was reported of rooms. */
  reported(reached: Reached): void;
  /** The person has read this far, here or elsewhere. */
  read(positions: Positions): void;
}

/** Tells the server, lazily, what has been received here and what the person has seen; and takes over what they saw elsewhere. */
export class ReachedReports {
  readonly #environment: Environment;
  readonly #owner: ReachedOwner;
  /** How far the person has read, by stream. */
  #read: Positions = {};
  /** The last direct message from each person that came here, by stream. */
  #receivedDirectly: Positions = {};
  /** The last broadcast of each room that was shown to the person, by stream. */
  #announced: Positions = {};
  /** What the server said that it knows of `#read`. */
  #told: Positions = {};
  #reported: Cursor = NOTHING;
  #way: keyof typeof REPORT_EVERY_MS = "socket";
  #unreported = 0;
  #cancel: (() => void) | undefined;

  constructor(environment: Environment, owner: ReachedOwner) {
    this.#environment = environment;
    this.#owner = owner;
  }

  /** A connection begins: it knows nothing of what was reported over another. */
  restart(): void {
    this.#reported = NOTHING;
    this.#soon();
  }

  /** So many events came. */
  heard(events: number): void {
    if (events === 0) return;
    this.#unreported += events;
    if (this.#unreported >= REPORT_AFTER_EVENTS) this.#report();
    else this.#soon();
  }

  /** A direct message from somebody came. */
  heardDirectly(stream: StreamId, position: number): void {
    if (position <= (this.#receivedDirectly[stream] ?? 0)) return;
    this.#receivedDirectly = { ...this.#receivedDirectly, [stream]: position };
    this.#soon();
  }

  /** The person has seen what was said in a stream, up to a position. */
  read(stream: StreamId, position: number): void {
    if (position <= (this.#read[stream] ?? 0)) return;
    this.#read = { ...this.#read, [stream]: position };
    this.#owner.read(this.#read);
    this.#soon();
  }

  /** Reports a broadcast that was shown to the person. */
  announced(stream: StreamId, position: number): void {
    if (position <= (this.#announced[stream] ?? 0)) return;
    this.#announced = { ...this.#announced, [stream]: position };
    this.#soon();
  }

  /** The server says how far they have read, on whichever device. */
  readElsewhere(positions: Positions): void {
    this.#told = furthest(this.#told, positions);
    this.#read = furthest(this.#read, positions);
    this.#owner.read(this.#read);
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
    const held = byStream(this.#owner.positions());
    // What was said before somebody came into a room, they did not miss to read; what they cannot see, they did not read.
    const inRooms = Object.fromEntries(
      Object.entries(this.#read).flatMap(([stream, seq]) => {
        const here = held[stream];
        return here === undefined ? [] : [[stream, Math.min(seq, here)] as const];
      }),
    );
    const directly = Object.fromEntries(
      Object.entries(this.#read).filter(([stream]) => personOf(stream) !== undefined),
    );
    const { received, read, announced = {} } = this.#reported;
    const news = {
      received: { ...held, ...beyond(this.#receivedDirectly, received) },
      read: { ...inRooms, ...beyond(directly, furthest(read, this.#told)) },
      announced: beyond(this.#announced, announced),
    };
    const hasAnnounced = Object.keys(news.announced).length > 0;
    if (isIn(news.received, received) && isIn(news.read, read) && !hasAnnounced) return;
    const { announced: _, ...rest } = news;
    const way = this.#owner.report(hasAnnounced ? news : rest);
    if (!way) return;
    this.#way = way;
    this.#reported = {
      received: { ...received, ...news.received },
      read: { ...read, ...news.read },
      announced: { ...announced, ...news.announced },
    };
    this.#owner.reported({
      received: byRoom(held),
      read: byRoom(inRooms),
      announced: byRoom(this.#announced),
    });
  }
}

const NOTHING: Cursor = { received: {}, read: {} };

function byStream(rooms: Readonly<Record<RoomId, number>>): Record<StreamId, number> {
  return Object.fromEntries(Object.entries(rooms).map(([room, seq]) => [`room:${room}`, seq]));
}

function byRoom(positions: Positions): Record<RoomId, number> {
  return Object.fromEntries(
    Object.entries(positions).flatMap(([stream, seq]) => {
      const room = roomOf(stream);
      return room === undefined ? [] : [[room, seq]];
    }),
  );
}

/** Of each stream the position that is further. */
function furthest(a: Positions, b: Positions): Positions {
  return { ...a, ...beyond(b, a) };
}

/** Whether positions are the same elsewhere. */
function isIn(positions: Positions, others: Positions): boolean {
  return Object.keys(positions).every((stream) => positions[stream] === others[stream]);
}
