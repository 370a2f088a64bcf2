import {
  type Ack,
  type Command,
  type CommandId,
  type CommandResult,
  type Cursor,
  type DirectMessage,
  type ErrorBody,
  type ErrorCode,
  type HelpRequest,
  LIMITS,
  type Message,
  type MessageId,
  type Participant,
  type ParticipantId,
  type Receipts,
  type Role,
  type Room,
  type RoomId,
  type SequencedEvent,
  type Session,
  type Snapshot,
  type StreamId,
} from "../generated/protocol.ts";
import { beyond, directStream, roomOf } from "../streams.ts";
import { carryOut } from "./commands.ts";
import { Stays } from "./stays.ts";

/** The `type` of an event and its fields, without its place. */
export type Unplaced<E = SequencedEvent> = E extends unknown
  ? Omit<E, "seq" | "rev" | "at">
  : never;

/** How far a participant has got, by stream. */
type Reached = Required<Omit<Cursor, "mark">>;

/** What the fake server refuses. */
export class Refusal extends Error {
  readonly body: ErrorBody;

  constructor(code: ErrorCode, message: string, more: Partial<ErrorBody> = {}) {
    super(message);
    const retryable = ["rate_limited", "unavailable", "internal"].includes(code);
    this.body = { code, message, retryable, retryAfterMs: null, ...more };
  }
}

/** Newest messages of each room that a newcomer is told. */
const SNAPSHOT_MESSAGES = 50;

/** A participant's departure from a room, at a position of the `session` stream. */
interface Departure {
  who: ParticipantId;
  roomId: RoomId;
  seq: number;
  at: number;
}

/** What happened in one session, and what is so by now: the part of the service that tests need, in memory. */
export class FakeSession {
  readonly session: Session;
  readonly members = new Map<ParticipantId, Participant>();
  readonly rooms = new Map<RoomId, Room>();
  readonly help = new Map<string, HelpRequest>();
  readonly stays = new Stays();
  readonly events = new Map<StreamId, SequencedEvent[]>();
  readonly epoch = "e1";
  readonly now: () => number;
  #rev = 0;
  #ids = 0;
  readonly #reached = new Map<ParticipantId, Reached>();
  #departures: Departure[] = [];
  readonly #settled = new Map<string, { text: string; ack: Ack }>();

  constructor(id: string, host: ParticipantId, title: string, now: () => number) {
    this.now = now;
    this.session = {
      id,
      title,
      state: "live",
      locked: false,
      selfSelect: true,
      returnAllowed: true,
      countdownMs: 0,
      lateJoiners: "hold",
      slowModeMs: null,
      recording: false,
      anonymous: false,
      round: 0,
      chatHistory: "stay",
      createdAt: now(),
      createdBy: host,
      version: 1,
    };
    this.emit("session", { type: "session_created", session: this.session, epoch: this.epoch });
    this.enter(host, "host");
  }

  /** The position of the last entry of the journal. */
  get rev(): number {
    return this.#rev;
  }

  newId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}${this.#ids}`;
  }

  /** Registers somebody, unless they are in already. */
  enter(id: ParticipantId, role: Role = "participant"): Participant {
    const known = this.members.get(id);
    if (known) return known;
    if (this.session.state === "ended") throw new Refusal("session_ended", "this session is over");
    const participant: Participant = {
      id,
      alias: id,
      role,
      roomId: "main",
      assignedRoomId: null,
      handRaised: false,
      muted: false,
      knockingRoomId: null,
      invitation: null,
      joinedAt: this.now(),
    };
    this.members.set(id, participant);
    this.emit("session", { type: "participant_joined", participant });
    return participant;
  }

  emit(stream: StreamId, event: Unplaced): SequencedEvent {
    const events = this.events.get(stream) ?? [];
    this.events.set(stream, events);
    this.#rev += 1;
    const place = { seq: events.length + 1, rev: this.#rev, at: this.now() };
    const placed = structuredClone({ ...event, ...place }) as SequencedEvent;
    events.push(placed);
    return placed;
  }

  /** Carries out a command, or gives the answer of the first time. Throws a {@link Refusal}. */
  handle(who: ParticipantId, id: CommandId, command: Command): Ack {
    const key = `${who} ${id}`;
    // When something was written does not make it another command.
    const text = JSON.stringify({ ...command, seenSession: undefined });
    const known = this.#settled.get(key);
    if (known && known.text !== text) {
      throw new Refusal("idempotency_mismatch", "this id was used for another command");
    }
    if (known) return { ...known.ack, duplicate: true };
    const me = command.type === "leave_session" ? this.members.get(who) : this.enter(who);
    const result: CommandResult = me ? carryOut(this, me, id, command) : {};
    const ack = structuredClone({ id, rev: this.#rev, duplicate: false, result });
    this.#settled.set(key, { text, ack });
    return ack;
  }

  /** Records that a participant has just left a room. */
  departed(who: ParticipantId, roomId: RoomId): void {
    this.#departures.push({ who, roomId, seq: this.head("session"), at: this.now() });
  }

  /** Forgets departures, from a room or of a participant: messages that are still on their way are refused. */
  forgetDepartures(from: { roomId?: RoomId; who?: ParticipantId }): void {
    this.#departures = this.#departures.filter(
      ({ roomId, who }) => roomId !== from.roomId && who !== from.who,
    );
  }

  /** Whether a participant left a room a short time ago, and wrote a message before that. */
  wasIn(who: ParticipantId, roomId: RoomId, seenSession: number | undefined): boolean {
    if (seenSession === undefined) return false;
    return this.#departures.some(
      (it) =>
        it.who === who &&
        it.roomId === roomId &&
        it.seq > seenSession &&
        this.now() - it.at <= LIMITS.lateMessageMs,
    );
  }

  /** Somebody says how far they have got. Gives the streams in which they are further than before. */
  reach(who: ParticipantId, { received, read, announced = {} }: Cursor): StreamId[] {
    const known = this.#reached.get(who) ?? { received: {}, read: {}, announced: {} };
    const [more, seen] = [beyond(received, known.received), beyond(read, known.read)];
    const shown = beyond(announced, known.announced);
    this.#reached.set(who, {
      received: { ...known.received, ...more },
      read: { ...known.read, ...seen },
      announced: { ...known.announced, ...shown },
    });
    return [...new Set([more, seen, shown].flatMap(Object.keys))];
  }

  /** How far somebody has read, on all their devices. */
  read(who: ParticipantId): Cursor["read"] {
    return this.#reached.get(who)?.read ?? {};
  }

  /** How far somebody has got with what another wrote to them alone. */
  directReceipts(who: ParticipantId, other: ParticipantId): Receipts {
    const at = (what: "received" | "read"): [number, number][] => {
      const position = this.#reached.get(who)?.[what][directStream(other)];
      return position === undefined ? [] : [[position, 1]];
    };
    return { stream: directStream(who), members: 2, received: at("received"), read: at("read") };
  }

  receipts(room: RoomId): Receipts {
    const stream = `room:${room}`;
    const members = [...this.members.values()].filter(
      ({ roomId }) => room === "main" || roomId === room,
    );
    const counted = (positionOf: (reached: Reached) => number): [number, number][] => {
      const positions = members.flatMap(({ id }) => {
        const reached = this.#reached.get(id);
        return reached ? positionOf(reached) || [] : [];
      });
      const counts = new Map<number, number>();
      for (const position of positions) counts.set(position, (counts.get(position) ?? 0) + 1);
      return [...counts].sort(([a], [b]) => b - a);
    };
    const received = counted((reached) => reached.received[stream] ?? 0);
    const read = counted((reached) => reached.read[stream] ?? 0);
    const announced = counted((reached) =>
      Math.max(reached.announced[stream] ?? 0, reached.read[stream] ?? 0),
    );
    const isSame = JSON.stringify(announced) === JSON.stringify(read);
    return { stream, members: members.length, received, read, ...(!isSame && { announced }) };
  }

  /** The streams that somebody follows, and how far each has come. */
  positions(who: ParticipantId): Record<StreamId, number> {
    const me = this.members.get(who);
    const streams = new Set<StreamId>(["session", `participant:${who}`, "room:main"]);
    if (me) streams.add(`room:${me.roomId}`);
    if (me && me.role !== "participant") streams.add("moderators");
    return Object.fromEntries([...streams].map((stream) => [stream, this.head(stream)]));
  }

  head(stream: StreamId): number {
    return this.events.get(stream)?.length ?? 0;
  }

  /** Whether somebody may read a place of a room: by their stays, or as a moderator. */
  mayRead(who: ParticipantId, room: RoomId, seq: number): boolean {
    const role = this.members.get(who)?.role ?? "participant";
    return room === "main" || role !== "participant" || this.stays.cover(who, room, seq);
  }

  /** A message of a room; `who`: for somebody, who has to be allowed to read it. */
  message(id: MessageId, who?: ParticipantId): Message {
    const found = [...this.events.values()].flatMap(messagesIn).find((said) => said.id === id);
    const isHidden = found && who && !this.mayRead(who, found.roomId, found.seq);
    if (!found || isHidden) throw new Refusal("message_not_found", "there is no such message");
    return found;
  }

  /** The newest messages of some streams; `who`: for somebody who follows them, of rooms those since they came in. */
  messages(streams: Iterable<StreamId>, who?: ParticipantId): Message[] {
    return [...streams].flatMap((stream) => {
      const room = roomOf(stream) ?? "main";
      const isWhole = who === undefined || this.mayRead(who, room, 0);
      const begun = isWhole ? 0 : (this.stays.begun(who, room) ?? this.head(stream) + 1);
      return messagesIn(this.events.get(stream) ?? [])
        .filter(({ seq }) => seq >= begun)
        .slice(-SNAPSHOT_MESSAGES);
    });
  }

  snapshot(who: ParticipantId, connected: ParticipantId[]): Snapshot {
    const me = this.members.get(who);
    const isModerator = me !== undefined && me.role !== "participant";
    const help = [...this.help.values()].filter(({ closedAt }) => closedAt === null);
    const direct = directIn(this.events.get(`participant:${who}`) ?? []);
    return structuredClone({
      session: this.session,
      participants: [...this.members.values()],
      rooms: [...this.rooms.values()],
      connected,
      messages: this.messages(Object.keys(this.positions(who)), who),
      moderation: isModerator ? { help, guests: [], profiles: {}, banned: [] } : null,
      own: {
        help: help.filter(({ participantId }) => participantId === who),
        profile: { about: null, tags: [] },
        directMessages: direct.slice(-LIMITS.snapshotDirectMessages),
      },
    });
  }
}

/** What is said in a stream, as it is by now. */
function messagesIn(events: readonly SequencedEvent[]): Message[] {
  const messages = new Map<string, Message>();
  for (const event of events) {
    if (event.type === "message_created" || event.type === "message_edited") {
      messages.set(event.message.id, event.message);
    }
    const deleted = event.type === "message_deleted" ? messages.get(event.messageId) : undefined;
    if (deleted) messages.set(deleted.id, { ...deleted, content: "", deletedAt: event.at });
  }
  return [...messages.values()];
}

/** What is said to or by one person alone. */
export function directIn(events: readonly SequencedEvent[]): DirectMessage[] {
  return events.flatMap((event) =>
    event.type === "direct_message_created" ? [event.message] : [],
  );
}
