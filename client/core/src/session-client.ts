import { type Commands, commandsOver } from "./commands.ts";
import { Connection, type ConnectionStatus } from "./connection.ts";
import type { Environment } from "./environment.ts";
import type {
  CommandId,
  Message,
  Moderation,
  Notice,
  RoomId,
  ServerFrame,
  SessionId,
  TypingNotice,
  Welcome,
} from "./generated/protocol.ts";
import { Holders } from "./holders.ts";
import type { Http } from "./http.ts";
import { Outbox } from "./outbox.ts";
import { requestsOver, type SessionRequests } from "./session-requests.ts";
import { carriedOut, unsettledOf } from "./state/expected.ts";
import { fromSnapshot, reduceEvent } from "./state/index.ts";
import { addMessage, addPage, beginRoom, keepRooms } from "./state/messages.ts";
import { pendingOf } from "./state/pending.ts";
import { reducePresence } from "./state/presence.ts";
import { without } from "./state/records.ts";
import { expireTyping, startTyping, TYPING_FOR_MS } from "./state/typing.ts";
import { type ReadableStore, Store } from "./store.ts";
import { roomOf, Streams } from "./streams.ts";
import type { TokenSource } from "./tokens.ts";

/** Messages in a page of history: about two screens. */
const PAGE = 50;

/** Least time between two words of writing that are sent. Milliseconds. */
const TYPING_EVERY_MS = 3_000;

/** What comes with streams that are new to a client. */
interface Begun {
  messages?: readonly Message[];
  moderation?: Moderation;
}

/** What a session is made of, beside its id. */
export interface SessionParts {
  /** Where the service is, without a slash at the end. */
  url: string;
  environment: Environment;
  tokens: TokenSource;
  http: Http;
}

/** One session as one participant sees it: the connection, the send queue and the state behind them. */
export class SessionClient {
  readonly id: SessionId;
  readonly store: ReadableStore;
  readonly commands: Commands;
  readonly requests: SessionRequests;
  readonly #store = new Store();
  readonly #streams = new Streams();
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #holders: Holders;
  readonly #loading = new Map<RoomId, Promise<void>>();
  /** The last gap, so that one which a resume did not close leads to a snapshot. */
  #lastGap: string | undefined;
  /** The position in the journal of the last event about the session. */
  #heardRev = 0;
  #typingSaidAt = Number.NEGATIVE_INFINITY;

  constructor(id: SessionId, { url, environment, tokens, http }: SessionParts) {
    this.id = id;
    this.store = this.#store;
    this.#environment = environment;
    this.#http = http;
    this.requests = requestsOver(id, http);
    const address = `${url.replace(/^http/, "ws")}/api/sessions/${encodeURIComponent(id)}/socket`;
    this.#connection = new Connection(address, environment, tokens, {
      resume: () => this.#streams.resume(),
      frames: (frames) => this.#store.batch(() => frames.every((frame) => this.#onFrame(frame))),
      status: (status) => this.#store.batch(() => this.#onStatus(status)),
    });
    this.#outbox = new Outbox(id, environment, {
      send: (commandId, command) =>
        this.#connection.send({ type: "command", id: commandId, command }),
      unanswered: () => this.#connection.recycle("no answer to a command"),
      changed: (queue) =>
        this.#store.update((state) => ({
          ...state,
          pending: pendingOf(queue),
          unsettled: unsettledOf(state.unsettled, queue),
        })),
    });
    this.#holders = new Holders(
      environment.clock,
      () => this.connect(),
      () => this.stop(),
    );
    this.commands = commandsOver((command, id) => this.#outbox.submit(command, id));
  }

  /** Connects, and stays connected until `stop` or until the server says that trying again is of no use. */
  connect(): void {
    this.#connection.start();
  }

  /** Closes the connection. What is unsettled stays queued for the next `connect`, or for the next page. */
  stop(): void {
    this.#connection.stop();
  }

  /**
   * Connects for as long as anybody holds the session: however many parts of a page use it, there is one connection.
   * Returns what lets go; the connection ends two seconds after the last has, if nobody has come back.
   */
  hold(): () => void {
    return this.#holders.add();
  }

  /**
   * Loads the page of messages before those that are held. Does nothing if there are none. Calls for one room at
   * the same time share one page. Rejects with a `FlagshipError`.
   */
  loadOlder(roomId: RoomId): Promise<void> {
    const loading = this.#loading.get(roomId);
    if (loading) return loading;
    const page = this.#loadOlder(roomId).finally(() => this.#loading.delete(roomId));
    this.#loading.set(roomId, page);
    return page;
  }

  /**
   * Loads the newest messages of a room that is not followed, in place of those that were loaded before; what is said
   * in a followed room comes by itself. Rejects with a `FlagshipError`, such as `not_in_room`.
   */
  async loadNewest(roomId: RoomId): Promise<void> {
    if (this.#streams.rooms().includes(roomId)) return;
    const page = await this.#http.messages(this.id, roomId, null, PAGE);
    this.#store.update((state) => ({
      ...state,
      messages: addPage(without(state.messages, roomId), roomId, null, page),
    }));
  }

  /**
   * The time by the server's clock, milliseconds since the epoch: what timers and countdowns are read against. The
   * clock of a device may be minutes off.
   */
  serverNow(): number {
    return this.#environment.clock.now() + this.#store.getState().clockOffset;
  }

  /** Sends a refused message again, under the same id. */
  retryMessage(commandId: CommandId): void {
    this.#outbox.retry(commandId);
  }

  /** Forgets a refused message. */
  discardMessage(commandId: CommandId): void {
    this.#outbox.discard(commandId);
  }

  /** Says that the person is writing; as often as one likes, it is sent every three seconds at most. */
  typing(roomId: RoomId): void {
    const now = this.#environment.clock.now();
    if (now - this.#typingSaidAt < TYPING_EVERY_MS) return;
    if (this.#connection.send({ type: "typing", roomId })) this.#typingSaidAt = now;
  }

  async #loadOlder(roomId: RoomId): Promise<void> {
    const held = this.#store.getState().messages[roomId];
    const before = held?.older ?? null;
    if (held && before === null) return;
    const page = await this.#http.messages(this.id, roomId, before, PAGE);
    this.#store.update((state) => ({
      ...state,
      messages: addPage(state.messages, roomId, before, page),
    }));
  }

  #onStatus(connection: ConnectionStatus): void {
    this.#store.update((state) => ({ ...state, connection }));
    if (connection.phase === "open") this.#outbox.online();
    else if (connection.phase === "stopped") this.#outbox.failAll(connection.error);
    else this.#outbox.offline();
  }

  /** Takes a frame. False: it left a gap, and nothing after it can be used. */
  #onFrame(frame: ServerFrame): boolean {
    switch (frame.type) {
      case "welcome":
        this.#onWelcome(frame);
        break;
      case "events":
        return this.#onEvents(frame);
      case "ack":
        // The streams of a repeated answer are those of then; the welcome of this connection is newer.
        if (frame.streams && !frame.duplicate) this.#follow(frame.streams, frame);
        // Of what was carried out before, or was told of already, the state has the effect.
        if (!frame.duplicate && frame.rev > this.#heardRev) {
          this.#store.update((state) => ({
            ...state,
            unsettled: carriedOut(state.unsettled, frame.id, frame.rev),
          }));
        }
        this.#outbox.acked(frame);
        if (frame.result.message) this.#add(frame.result.message);
        break;
      case "nack":
        this.#outbox.nacked(frame);
        break;
      case "presence":
        this.#store.update((state) => ({
          ...state,
          connected: reducePresence(state.connected, frame),
        }));
        break;
      case "typing":
        this.#onTyping(frame);
        break;
      case "notice":
        this.#onNotice(frame);
        break;
    }
    return true;
  }

  #onWelcome(welcome: Welcome): void {
    const { epoch, self, serverTime, snapshot, streams } = welcome;
    this.#outbox.belongsTo(self.id);
    const clockOffset = serverTime - this.#environment.clock.now();
    this.#store.update((state) => ({ ...state, selfId: self.id, clockOffset }));
    if (!snapshot) {
      this.#follow(streams, welcome);
      return;
    }
    this.#lastGap = undefined;
    this.#streams.restart(epoch, streams);
    const seqs = this.#streams.rooms().map((room) => [room, this.#seqOf(room)] as const);
    this.#store.update((state) => fromSnapshot(state, snapshot, seqs));
    for (const message of snapshot.messages) this.#seen(message);
  }

  #onEvents(frame: Extract<ServerFrame, { type: "events" }>): boolean {
    const accepted = this.#streams.accept(frame);
    if ("gap" in accepted) {
      const gap = `${accepted.gap.stream} ${accepted.gap.after}`;
      if (gap === this.#lastGap) this.#streams.forget();
      this.#lastGap = gap;
      this.#connection.recycle("gap");
      return false;
    }
    for (const event of accepted.events) {
      this.#store.update((state) => reduceEvent(state, event));
      if (event.type !== "message_created") this.#heardRev = event.rev;
      if (event.type === "message_created") this.#seen(event.message);
      this.#atLeast(event.at);
    }
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

  #onNotice(notice: Notice): void {
    if (notice.code === "streams_changed") this.#follow(notice.streams, notice);
  }

  #onTyping({ roomId, participantId }: TypingNotice): void {
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
  }

  #add(message: Message): void {
    this.#store.update((state) => ({ ...state, messages: addMessage(state.messages, message) }));
    this.#seen(message);
  }

  #seen(message: Message): void {
    if (message.senderId === this.#store.getState().selfId) this.#outbox.seen(message);
  }

  #seqOf(room: RoomId): number {
    return this.#streams.position(`room:${room}`) ?? 0;
  }
}
