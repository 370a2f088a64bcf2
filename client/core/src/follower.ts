import type { Environment } from "./environment.ts";
import { FlagshipError } from "./errors.ts";
import type {
  Ack,
  CommandId,
  CommandResult,
  DirectMessage,
  Message,
  Moderation,
  Nack,
  Notice,
  ParticipantId,
  Resume,
  RoomId,
  SequencedEvent,
  ServerFrame,
  StreamId,
  Welcome,
} from "./generated/protocol.ts";
import { carriedOut, heardUpTo } from "./state/expected.ts";
import { fromSnapshot, reduceEvent } from "./state/index.ts";
import { addMessage, beginRoom, keepRooms } from "./state/messages.ts";
import { addDirect } from "./state/own.ts";
import { reducePresence } from "./state/presence.ts";
import { measured } from "./state/quality.ts";
import { reduceDirectReceipts, reduceReceipts } from "./state/receipts.ts";
import { isWithheld } from "./state/said.ts";
import { count, type Statistics } from "./state/statistics.ts";
import { expireTyping, startTyping, TYPING_FOR_MS, type Writer } from "./state/typing.ts";
import type { Store } from "./store.ts";
import { roomOf, Streams } from "./streams.ts";

/** What comes with streams that are new to a client. */
interface Begun {
  messages?: readonly Message[];
  moderation?: Moderation;
}

/** What a follower tells the one who holds it. */
export interface FollowerOwner {
  /** The server says who this client is. */
  identified(self: ParticipantId): void;
  /** A message of one's own is there. */
  seen(commandId: CommandId, result: CommandResult): void;
  acked(ack: Ack): void;
  nacked(nack: Nack): void;
  /** Events were applied: so many. */
  heard(events: number): void;
  /** Somebody wrote to this person alone. */
  heardDirectly(message: DirectMessage): void;
  /** The server says how far this person has read, on whichever device. */
  readElsewhere(positions: Readonly<Record<StreamId, number>>): void;
  /** Events are missing: what is to be used next has to begin where this client is. */
  gap(): void;
  /** This client is not in the session any more. */
  gone(error: FlagshipError): void;
}

/** Brings the state up to date with what the server tells, whichever way that comes. */
export class Follower {
  readonly #streams = new Streams();
  readonly #environment: Environment;
  readonly #store: Store;
  readonly #owner: FollowerOwner;
  /** The last gap, so that one which a resume did not close leads to a snapshot. */
  #lastGap: string | undefined;
  /** The position in the journal of the last event about the session. */
  #heardRev = 0;
  /** When the connection in use began, by the server's clock: what happened before is not news. */
  #welcomedAt = Number.POSITIVE_INFINITY;

  constructor(environment: Environment, store: Store, owner: FollowerOwner) {
    this.#environment = environment;
    this.#store = store;
    this.#owner = owner;
  }

  /** What is held already, for the next connection. */
  resume(): Resume | undefined {
    return this.#streams.resume();
  }

  /** The rooms whose messages are followed, and how far each has come. */
  positions(): Record<RoomId, number> {
    const rooms = this.#streams.rooms();
    return Object.fromEntries(rooms.map((room) => [room, this.#seqOf(room)]));
  }

  /** How far this client has come in what happens in the session; `undefined` before the first welcome. */
  get sessionPosition(): number | undefined {
    return this.#streams.position("session");
  }

  isFollowing(room: RoomId): boolean {
    return this.#streams.rooms().includes(room);
  }

  /** Takes frames that came together, in order. */
  take(frames: readonly ServerFrame[]): void {
    // After a gap nothing of what came along can be used.
    this.#store.batch(() => frames.every((frame) => this.#take(frame)));
  }

  /** Takes note that the state has everything up to a position of the journal, effects of own commands included. */
  toldUpTo(rev: number): void {
    this.#heardRev = Math.max(this.#heardRev, rev);
    this.#store.update((state) => {
      const unsettled = heardUpTo(state.unsettled, rev);
      return unsettled === state.unsettled ? state : { ...state, unsettled };
    });
  }

  /** Takes an answer that came by HTTP, after what the polls have told of it. */
  takeAnswer(ack: Ack): void {
    this.#store.batch(() => {
      // Of what was carried out before, or was told of already, the state has the effect.
      if (!ack.duplicate && ack.rev > this.#heardRev) {
        this.#store.update((state) => ({
          ...state,
          unsettled: carriedOut(state.unsettled, ack.id, ack.rev),
        }));
      }
      this.#owner.acked(ack);
      const { message, directMessage } = ack.result;
      // Of what this person may not read any more, a repeated answer has the place alone.
      if (message && !isWithheld(message)) this.#add(message);
      if (directMessage && !isWithheld(directMessage)) {
        this.#store.update((state) => ({ ...state, own: addDirect(state.own, directMessage) }));
      }
    });
  }

  /** Takes a frame. False: it left a gap, and nothing after it can be used. */
  #take(frame: ServerFrame): boolean {
    switch (frame.type) {
      case "welcome":
        this.#onWelcome(frame);
        break;
      case "events":
        return this.#onEvents(frame);
      case "ack":
        // The streams of a repeated answer are those of then; the welcome of this connection is newer.
        if (frame.streams && !frame.duplicate) this.#follow(frame.streams, frame);
        this.takeAnswer(frame);
        break;
      case "nack":
        this.#owner.nacked(frame);
        break;
      case "presence":
        this.#store.update((state) => ({
          ...state,
          connected: reducePresence(state.connected, frame),
        }));
        break;
      case "receipts":
        this.#store.update((state) => ({
          ...state,
          receipts: reduceReceipts(state, frame),
          directReceipts: reduceDirectReceipts(state.directReceipts, frame),
        }));
        break;
      case "typing":
        this.#onTyping(frame);
        break;
      case "direct_typing":
        this.#onTyping({ ...frame, roomId: null });
        break;
      case "read":
        this.#owner.readElsewhere(frame.read);
        break;
      case "notice":
        this.#onNotice(frame);
        break;
    }
    return true;
  }

  #onWelcome(welcome: Welcome): void {
    const { epoch, self, serverTime, snapshot, streams } = welcome;
    this.#owner.identified(self.id);
    this.#welcomedAt = serverTime;
    const clockOffset = serverTime - this.#environment.clock.now();
    this.#store.update((state) => ({ ...state, selfId: self.id, clockOffset }));
    this.#count(snapshot ? "snapshots" : "resumes");
    this.#owner.readElsewhere(welcome.read ?? {});
    if (!snapshot) {
      this.#follow(streams, welcome);
      return;
    }
    this.#lastGap = undefined;
    this.#heardRev = 0;
    this.#streams.restart(epoch, streams);
    const seqs = Object.entries(this.positions());
    this.#store.update((state) => fromSnapshot(state, snapshot, seqs));
    for (const message of snapshot.messages) this.#seen(message);
    for (const message of snapshot.own.directMessages ?? []) this.#seenDirect(message);
    this.#owner.heard(snapshot.messages.length);
  }

  #onEvents(frame: Extract<ServerFrame, { type: "events" }>): boolean {
    const accepted = this.#streams.accept(frame);
    if ("gap" in accepted) {
      const gap = `${accepted.gap.stream} ${accepted.gap.after}`;
      if (gap === this.#lastGap) this.#streams.forget();
      this.#lastGap = gap;
      this.#count("gaps");
      this.#owner.gap();
      return false;
    }
    const { events, repeats } = accepted;
    this.#count("events", events.length);
    this.#count("repeats", repeats);
    for (const event of events) {
      this.#store.update((state) => reduceEvent(state, event));
      if (event.type === "message_created") this.#seen(event.message);
      else this.#heardRev = Math.max(this.#heardRev, event.rev);
      if (event.type === "direct_message_created") this.#seenDirect(event.message);
      this.#atLeast(event.at);
      this.#tellIfGone(event);
    }
    const last = events.at(-1);
    if (last) this.#measure(last.at);
    this.#owner.heard(events.length);
    return true;
  }

  /**
   * The server's clock shows at least this. A welcome that was long under way says too little; what just happened
   * puts it right, so that a timer of ten minutes does not begin at ten minutes and one second.
   */
  #atLeast(serverTime: number): void {
    const clockOffset = serverTime - this.#environment.clock.now();
    if (clockOffset > this.#store.getState().clockOffset) {
      this.#store.update((state) => ({ ...state, clockOffset }));
    }
  }

  /** How long something took to come here. What was missed says nothing about that. */
  #measure(happenedAt: number): void {
    if (happenedAt < this.#welcomedAt) return;
    const at = this.#environment.clock.now();
    this.#store.update((state) => {
      const ms = at + state.clockOffset - happenedAt;
      return { ...state, quality: measured(state.quality, { at, kind: "event", ms }) };
    });
  }

  #tellIfGone(event: SequencedEvent): void {
    const { selfId } = this.#store.getState();
    if (!("participantId" in event) || event.participantId !== selfId) return;
    if (event.type === "participant_left") {
      this.#owner.gone(new FlagshipError("left", "You have left this session."));
    } else if (event.type === "participant_removed") {
      const message = "A host or moderator has removed you from this session.";
      this.#owner.gone(new FlagshipError("removed", message));
    } else if (event.type === "participant_banned") {
      const message = "A host or moderator keeps you out of this session.";
      this.#owner.gone(new FlagshipError("banned", message));
    }
  }

  #onNotice(notice: Notice): void {
    if (notice.code === "streams_changed") this.#follow(notice.streams, notice);
  }

  #onTyping({ roomId, participantId }: Omit<Writer, "until">): void {
    const { clock } = this.#environment;
    if (participantId === this.#store.getState().selfId) return;
    const writer = { roomId, participantId, until: clock.now() + TYPING_FOR_MS };
    this.#store.update((state) => ({ ...state, typing: startTyping(state.typing, writer) }));
    clock.after(TYPING_FOR_MS, () =>
      this.#store.update((state) => {
        const typing = expireTyping(state.typing, clock.now());
        return typing === state.typing ? state : { ...state, typing };
      }),
    );
  }

  /**
   * Replaces the followed streams. Rooms that are new begin with these messages; those no longer there end. What only
   * moderators know comes with their stream and goes with it.
   */
  #follow(streams: Readonly<Record<string, number>>, { messages = [], moderation }: Begun): void {
    const begun = this.#streams.follow(streams).flatMap((stream) => roomOf(stream) ?? []);
    this.#store.update((state) => {
      let held = keepRooms(state.messages, this.#streams.rooms());
      for (const room of begun) {
        const newest = messages.filter((message) => message.roomId === room);
        held = beginRoom(held, room, newest, this.#seqOf(room));
      }
      const known = this.#streams.hasModerators() ? (moderation ?? state.moderation) : null;
      return { ...state, messages: held, moderation: known };
    });
    for (const message of messages) this.#add(message);
    if (begun.length > 0) this.#owner.heard(messages.length);
  }

  #add(message: Message): void {
    this.#store.update((state) => ({ ...state, messages: addMessage(state.messages, message) }));
    this.#seen(message);
  }

  #seen(message: Message): void {
    const isOwn = message.senderId === this.#store.getState().selfId;
    if (isOwn) this.#owner.seen(message.commandId, { message });
  }

  #seenDirect(directMessage: DirectMessage): void {
    const isOwn = directMessage.senderId === this.#store.getState().selfId;
    if (isOwn) this.#owner.seen(directMessage.commandId, { directMessage });
    else this.#owner.heardDirectly(directMessage);
  }

  #count(what: keyof Statistics, by = 1): void {
    this.#store.update((state) => {
      const statistics = count(state.statistics, what, by);
      return statistics === state.statistics ? state : { ...state, statistics };
    });
  }

  #seqOf(room: RoomId): number {
    return this.#streams.position(`room:${room}`) ?? 0;
  }
}
