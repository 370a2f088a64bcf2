import type { Socket } from "../environment.ts";
import type {
  Ack,
  ClientFrame,
  Cursor,
  EventsPage,
  ParticipantId,
  Resume,
  ServerFrame,
  StreamId,
  Typing,
} from "../generated/protocol.ts";
import { personOf, roomOf } from "../streams.ts";
import { type FakeSession, Refusal } from "./session.ts";
import { decode, encode } from "./tokens.ts";

/** The client's end of a socket whose other end is the fake server. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  /** What the server does with a text. */
  receive: (text: string) => void = () => {};
  /** The client has closed. */
  closed: () => void = () => {};
  #isOver = false;

  send(text: string): void {
    later(() => !this.#isOver && this.receive(text));
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.closed();
  }

  /** Says something to the client, as soon as nothing else runs. */
  say(text: string): void {
    later(() => !this.#isOver && this.onmessage?.({ data: text }));
  }

  /** The handshake is over. */
  accept(): void {
    later(() => !this.#isOver && this.onopen?.());
  }

  /** Nothing gets through any more, in either direction, and nobody is told. */
  freeze(): void {
    this.#isOver = true;
  }

  /** Ends for the client, as of now: nothing that was under way arrives. */
  cut(code: number, reason = ""): void {
    if (this.#isOver) return;
    this.#isOver = true;
    later(() => this.onclose?.({ code, reason }));
  }
}

/** Somebody's socket, once they have said hello. */
interface Follower {
  who: ParticipantId;
  socket: FakeSocket;
  /** Where they stand in each stream that they follow. */
  positions: Map<StreamId, number>;
}

/** Of what is in no stream, what a request was told of before. */
interface Told {
  typed?: number;
  read?: string;
  rev?: number;
}

/** A request that waits for something to happen. */
interface Waiting {
  who: ParticipantId;
  /** `isOwed`: the request is answered even without frames. */
  look: (isOwed?: boolean) => void;
}

/** Who follows one session, and by which way; tells them what happens. */
export class Connections {
  readonly #session: FakeSession;
  readonly #followers = new Set<Follower>();
  readonly #waiting = new Set<Waiting>();
  /** The position of the last command of each person that came by request. */
  readonly #commanded = new Map<ParticipantId, number>();
  /** Everything that was written, for those who poll. */
  readonly #typed: {
    by: ParticipantId;
    hears: (who: ParticipantId) => boolean;
    frame: ServerFrame;
  }[] = [];

  constructor(session: FakeSession) {
    this.#session = session;
  }

  /** Everybody who is connected. */
  connected(): ParticipantId[] {
    const all = [...this.#followers, ...this.#waiting];
    return [...new Set(all.map(({ who }) => who))].sort();
  }

  /** Serves a socket: its frames, until its end. `loseAnswer`: whether the next answer is to be lost. */
  serve(socket: FakeSocket, who: ParticipantId, loseAnswer: () => boolean): void {
    let follower: Follower | undefined;
    socket.closed = () => follower && this.#forget(follower);
    socket.receive = (text) => {
      if (text === "ping") return socket.say("pong");
      const frames = [JSON.parse(text) as ClientFrame | ClientFrame[]].flat();
      for (const frame of frames) {
        if (frame.type === "hello") follower = this.#welcome(socket, who, frame.resume);
        if (frame.type === "cursor") this.reach(who, frame, follower);
        if (frame.type === "typing") this.typing(who, frame);
        if (frame.type === "command" && follower) {
          this.#command(follower, frame.id, frame.command, loseAnswer);
        }
      }
    };
    socket.accept();
  }

  /** Somebody says how far they have got: their other connections, and those whose messages it is about, are told. */
  reach(who: ParticipantId, cursor: Cursor, except?: Follower): void {
    const before = JSON.stringify(this.#session.read(who));
    const streams = this.#session.reach(who, cursor);
    this.#tellReceipts(streams.flatMap((stream) => roomOf(stream) ?? []));
    for (const other of streams.flatMap((stream) => personOf(stream) ?? [])) {
      this.#say(
        { type: "receipts", ...this.#session.directReceipts(who, other) },
        (to) => to.who === other,
      );
    }
    const read = this.#session.read(who);
    if (JSON.stringify(read) === before) return;
    this.#say({ type: "read", read }, (to) => to.who === who && to !== except);
    for (const waiting of [...this.#waiting]) waiting.look();
  }

  /** Somebody is writing. */
  typing(who: ParticipantId, { roomId, participantId }: Typing): void {
    const hears = (to: ParticipantId) =>
      to === participantId ||
      (roomId !== undefined && `room:${roomId}` in this.#session.positions(to));
    if (roomId !== undefined && !hears(who)) return;
    const frame: ServerFrame =
      roomId === undefined
        ? { type: "direct_typing", participantId: who }
        : { type: "typing", roomId, participantId: who };
    this.#typed.push({ by: who, hears, frame });
    this.#say(frame, (to) => hears(to.who));
    for (const waiting of [...this.#waiting]) waiting.look();
  }

  /** Tells everyone what has happened since they were told, and of other streams than before. */
  tell(except?: Follower): void {
    for (const follower of [...this.#followers]) {
      if (follower !== except) this.#bringUpToDate(follower);
    }
    for (const waiting of [...this.#waiting]) waiting.look();
  }

  /** Answers the polls of a participant whose command came as a request, even if it changed nothing. */
  commanded(who: ParticipantId): void {
    this.#commanded.set(who, this.#session.rev);
    for (const waiting of [...this.#waiting]) waiting.look(waiting.who === who);
  }

  /** Ends every socket. */
  cut(code = 1006): void {
    for (const follower of [...this.#followers]) {
      this.#followers.delete(follower);
      follower.socket.cut(code);
    }
  }

  /** Lets every socket go silent, as a line that is dead without having been closed. */
  freeze(): void {
    for (const { socket } of this.#followers) socket.freeze();
    this.#followers.clear();
  }

  /** An answer to a request for events, once there is something to say, or `expired` says that it is time. */
  page(
    who: ParticipantId,
    query: URLSearchParams,
    signal: AbortSignal | null | undefined,
    expired: (callback: () => void) => () => void,
  ): Promise<EventsPage> {
    this.#session.enter(who);
    this.tell();
    const held = resumeOf(query);
    const isFirst = !query.has("cursor");
    const told: Told = held ?? { typed: this.#typed.length, read: "" };
    return new Promise((resolve, reject) => {
      const end = () => {
        cancel();
        this.#waiting.delete(waiting);
        signal?.removeEventListener("abort", abort);
      };
      const answer = (isLate: boolean) => {
        const frames = [...this.#news(who, held), ...this.#unsequenced(who, told)];
        if (frames.length === 0 && !isLate) return;
        end();
        const streams = this.#session.positions(who);
        const { epoch } = this.#session;
        const read = JSON.stringify(this.#session.read(who));
        const { rev } = this.#session;
        const cursor = encode({ epoch, streams, typed: this.#typed.length, read, rev });
        resolve({ frames, cursor, rev });
      };
      const abort = () => {
        end();
        reject(new DOMException("aborted", "AbortError"));
      };
      const waiting: Waiting = { who, look: (isOwed = false) => answer(isOwed) };
      const cancel = expired(() => answer(true));
      signal?.addEventListener("abort", abort);
      this.#waiting.add(waiting);
      answer(isFirst || (this.#commanded.get(who) ?? 0) > (told.rev ?? 0));
    });
  }

  #welcome(socket: FakeSocket, who: ParticipantId, resume: Resume | undefined): Follower {
    const self = this.#session.enter(who);
    const held = resume && this.#held(who, resume.streams);
    const positions = new Map(Object.entries({ ...this.#session.positions(who), ...held }));
    const follower = { who, socket, positions };
    this.#followers.add(follower);
    const connected = this.connected();
    const streams = Object.fromEntries(positions);
    const fresh = Object.keys(streams).filter((stream) => held?.[stream] === undefined);
    const welcome: ServerFrame = {
      type: "welcome",
      protocol: 1,
      epoch: this.#session.epoch,
      serverTime: this.#session.now(),
      self,
      resumed: held !== undefined,
      streams,
      snapshot: held ? null : this.#session.snapshot(who, connected),
      ...(held && { messages: this.#session.messages(fresh, who) }),
      read: this.#session.read(who),
    };
    // What was missed comes in the same message.
    const missed = held ? this.#missed(positions) : [];
    this.#reach(follower, missed);
    socket.say(JSON.stringify([welcome, ...missed]));
    this.tell();
    this.#presence({ connected: held ? connected : [who], disconnected: [] });
    return follower;
  }

  #command(
    follower: Follower,
    id: string,
    command: Parameters<FakeSession["handle"]>[2],
    loseAnswer: () => boolean,
  ): void {
    const { who, socket } = follower;
    try {
      const ack: Ack = this.#session.handle(who, id, command);
      if (loseAnswer()) {
        this.#followers.delete(follower);
        socket.cut(1006);
        this.tell();
        return;
      }
      // The answer stands behind the events that it brought about, in the same message.
      const events = this.#missed(follower.positions);
      this.#reach(follower, events);
      const changed = this.#changedStreams(follower);
      socket.say(JSON.stringify([...events, { type: "ack", ...ack, ...changed }]));
      this.tell();
      if (command.type === "leave_session") socket.cut(4410, "left");
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      socket.say(JSON.stringify({ type: "nack", id, error: refused.body }));
    }
  }

  #bringUpToDate(follower: Follower): void {
    const { positions, socket } = follower;
    const events = this.#missed(positions);
    for (const frame of events) socket.say(JSON.stringify(frame));
    this.#reach(follower, events);
    const changed = this.#changedStreams(follower);
    if (!changed) return;
    socket.say(JSON.stringify({ type: "notice", code: "streams_changed", ...changed }));
  }

  /** They are told of these events. */
  #reach({ positions }: Follower, frames: readonly ServerFrame[]): void {
    for (const frame of frames) {
      if (frame.type === "events") positions.set(frame.stream, frame.from + frame.events.length);
    }
  }

  /** What to tell of streams that began or ended, which is taken to be told then. */
  #changedStreams({ who, positions }: Follower) {
    const now = this.#session.positions(who);
    const isSame =
      Object.keys(now).length === positions.size &&
      Object.keys(now).every((stream) => positions.has(stream));
    if (isSame) return undefined;
    const fresh = Object.keys(now).filter((stream) => !positions.has(stream));
    const streams = Object.fromEntries(
      Object.entries(now).map(([stream, seq]) => [stream, positions.get(stream) ?? seq]),
    );
    positions.clear();
    for (const [stream, seq] of Object.entries(streams)) positions.set(stream, seq);
    return { streams, messages: this.#session.messages(fresh, who) };
  }

  #missed(positions: ReadonlyMap<StreamId, number>): ServerFrame[] {
    return [...positions].flatMap(([stream, from]) => {
      const events = (this.#session.events.get(stream) ?? []).slice(from);
      return events.length > 0 ? [{ type: "events" as const, stream, from, events }] : [];
    });
  }

  /** What somebody who polls has not been told. */
  #news(who: ParticipantId, resume: Resume | undefined): ServerFrame[] {
    const streams = this.#session.positions(who);
    const held = resume && this.#held(who, resume.streams);
    if (!resume || !held) {
      const self = this.#session.enter(who);
      const snapshot = this.#session.snapshot(who, this.connected());
      const { epoch } = this.#session;
      const serverTime = this.#session.now();
      return [
        {
          type: "welcome",
          protocol: 1,
          epoch,
          serverTime,
          self,
          resumed: false,
          streams,
          snapshot,
          read: this.#session.read(who),
        },
      ];
    }
    const frames = this.#missed(new Map(Object.entries(held)));
    const fresh = Object.keys(streams).filter((stream) => held[stream] === undefined);
    if (fresh.length > 0 || Object.keys(resume.streams).some((stream) => !(stream in streams))) {
      const messages = this.#session.messages(fresh, who);
      frames.push({ type: "notice", code: "streams_changed", streams, messages });
    }
    return frames;
  }

  /** Who has been writing, and what one has read elsewhere, since an answer that told so much. */
  #unsequenced(who: ParticipantId, told: Told): ServerFrame[] {
    const typed = this.#typed.slice(told.typed ?? this.#typed.length);
    const heard = typed.filter(({ by, hears }) => by !== who && hears(who));
    const frames = heard.map(({ frame }) => frame);
    const read = this.#session.read(who);
    const isNews = Object.keys(read).length > 0 && JSON.stringify(read) !== told.read;
    return isNews ? [...frames, { type: "read", read }] : frames;
  }

  /** Those positions that somebody follows still; undefined if they never were. */
  #held(who: ParticipantId, streams: Resume["streams"]): Record<StreamId, number> | undefined {
    const now = this.#session.positions(who);
    const held = Object.entries(streams).filter(([stream]) => stream in now);
    if (held.some(([stream, seq]) => seq > (now[stream] ?? 0))) return undefined;
    return Object.fromEntries(held.filter(([stream, seq]) => this.#goesOn(who, stream, seq)));
  }

  /** Whether somebody may have all that came in a stream after a position. */
  #goesOn(who: ParticipantId, stream: StreamId, seq: number): boolean {
    const room = roomOf(stream) ?? "main";
    if (this.#session.mayRead(who, room, 0)) return true;
    const begun = this.#session.stays.begun(who, room);
    return begun !== undefined && begun <= seq + 1;
  }

  /** To everybody who follows these rooms: the service tells those who said something lately. */
  #tellReceipts(rooms: readonly string[]): void {
    for (const room of rooms) {
      const frame: ServerFrame = { type: "receipts", ...this.#session.receipts(room) };
      for (const { positions, socket } of this.#followers) {
        // Nothing is answered before the one who asks has done asking.
        if (positions.has(`room:${room}`)) queueMicrotask(() => socket.say(JSON.stringify(frame)));
      }
    }
  }

  #say(frame: ServerFrame, concerned: (follower: Follower) => boolean): void {
    for (const follower of this.#followers) {
      if (concerned(follower)) follower.socket.say(JSON.stringify(frame));
    }
  }

  #forget(follower: Follower): void {
    if (!this.#followers.delete(follower)) return;
    if (this.connected().includes(follower.who)) return;
    this.#presence({ connected: [], disconnected: [follower.who] });
  }

  #presence(presence: { connected: ParticipantId[]; disconnected: ParticipantId[] }): void {
    const frame: ServerFrame = { type: "presence", ...presence };
    for (const { socket } of this.#followers) socket.say(JSON.stringify(frame));
  }
}

function resumeOf(query: URLSearchParams): (Resume & Told) | undefined {
  const cursor = query.get("cursor");
  const resume = query.get("resume");
  if (cursor !== null) return decode(cursor) as Resume & Told;
  return resume === null ? undefined : (JSON.parse(resume) as Resume);
}

/** After everything that runs now, in order. */
function later(callback: () => unknown): void {
  queueMicrotask(() => void callback());
}
