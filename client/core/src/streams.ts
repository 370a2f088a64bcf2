import type {
  Events,
  ParticipantId,
  Resume,
  RoomId,
  SequencedEvent,
  StreamId,
} from "./generated/protocol.ts";

const ROOM_PREFIX = "room:";
const MAIN: RoomId = "main";
const MODERATORS: StreamId = "moderators";

/** The room whose messages a stream carries; undefined for every other stream. */
export function roomOf(stream: StreamId): RoomId | undefined {
  return stream.startsWith(ROOM_PREFIX) ? stream.slice(ROOM_PREFIX.length) : undefined;
}

const PERSON_PREFIX = "participant:";

/** What the direct messages with somebody are called in cursors and receipts. */
export function directStream(id: ParticipantId): StreamId {
  return PERSON_PREFIX + encodeURIComponent(id);
}

/** Whom a stream of direct messages is with; undefined for every other stream. */
export function personOf(stream: StreamId): ParticipantId | undefined {
  if (!stream.startsWith(PERSON_PREFIX)) return undefined;
  return decodeURIComponent(stream.slice(PERSON_PREFIX.length));
}

function isBreakoutRoom(stream: StreamId): boolean {
  const room = roomOf(stream);
  return room !== undefined && room !== MAIN;
}

/** Positions by stream. */
export type Positions = Readonly<Record<StreamId, number>>;

/** Those positions that are further than others. */
export function beyond(positions: Positions, others: Positions): Record<StreamId, number> {
  const further = Object.entries(positions).filter(
    ([stream, position]) => position > (others[stream] ?? 0),
  );
  return Object.fromEntries(further);
}

/** What became of an `events` frame: its new events, or the news that some are missing before it. */
export type Accepted =
  | { events: SequencedEvent[]; repeats: number }
  | { gap: { stream: StreamId; after: number } };

/** How far this client has got in each stream that it follows. */
export class Streams {
  #epoch: string | undefined;
  #positions = new Map<StreamId, number>();

  /** Starts afresh from a snapshot. */
  restart(epoch: string, positions: Readonly<Record<StreamId, number>>): void {
    this.#epoch = epoch;
    this.#positions = new Map(Object.entries(positions));
  }

  /**
   * Replaces the set of followed streams. A stream followed already keeps its position: what lies between may still be
   * on its way, or have come by another one. Only a breakout room's stream that is further on than here begins anew:
   * what lies between was said while this person was out of the room, and does not come.
   *
   * @returns the streams that are new, or begin anew
   */
  follow(positions: Readonly<Record<StreamId, number>>): StreamId[] {
    const held = this.#positions;
    const isNew = (stream: StreamId, seq: number) => {
      const position = held.get(stream);
      return position === undefined || (isBreakoutRoom(stream) && position < seq);
    };
    const all = Object.entries(positions);
    this.#positions = new Map(
      all.map(([stream, seq]) => [stream, isNew(stream, seq) ? seq : (held.get(stream) ?? seq)]),
    );
    return all.filter(([stream, seq]) => isNew(stream, seq)).map(([stream]) => stream);
  }

  /**
   * Takes the events that are new and moves on. Events at or below the position are dropped, and so are those of
   * streams that are not followed (any more). On a gap nothing changes.
   */
  accept({ stream, from, events }: Events): Accepted {
    let position = this.#positions.get(stream);
    if (position === undefined) return { events: [], repeats: 0 };
    if (from > position) return { gap: { stream, after: position } };
    const fresh: SequencedEvent[] = [];
    for (const event of events) {
      if (event.seq <= position) continue;
      if (event.seq !== position + 1) return { gap: { stream, after: position } };
      position = event.seq;
      fresh.push(event);
    }
    this.#positions.set(stream, position);
    return { events: fresh, repeats: events.length - fresh.length };
  }

  /** The position in a stream; undefined if it is not followed. */
  position(stream: StreamId): number | undefined {
    return this.#positions.get(stream);
  }

  /** The rooms whose messages are followed. */
  rooms(): RoomId[] {
    return [...this.#positions.keys()].flatMap((stream) => roomOf(stream) ?? []);
  }

  /** Whether one hears what is for hosts and moderators only. */
  hasModerators(): boolean {
    return this.#positions.has(MODERATORS);
  }

  /** What goes into the next `hello`; undefined when there is nothing to go on from. */
  resume(): Resume | undefined {
    if (this.#epoch === undefined) return undefined;
    return { epoch: this.#epoch, streams: Object.fromEntries(this.#positions) };
  }

  /** Forgets everything: the next `hello` asks for a snapshot. */
  forget(): void {
    this.#epoch = undefined;
    this.#positions.clear();
  }
}
