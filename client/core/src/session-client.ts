import type { Breaker } from "./breaker.ts";
import { CommandRequests } from "./command-requests.ts";
import { type Commands, commandsOver } from "./commands.ts";
import { Connection, type ConnectionStatus } from "./connection.ts";
import type { Environment } from "./environment.ts";
import { FlagshipError } from "./errors.ts";
import { Follower } from "./follower.ts";
import type {
  Ack,
  ClientFrame,
  Command,
  CommandId,
  Cursor,
  Message,
  MessageId,
  ParticipantId,
  RoomId,
  SearchPage,
  SessionId,
  Typing,
} from "./generated/protocol.ts";
import { History, PAGE } from "./history.ts";
import { Holders } from "./holders.ts";
import { type Http, pathOf } from "./http.ts";
import { Outbox } from "./outbox.ts";
import type { QueueStore } from "./queue-store.ts";
import { ReachedReports } from "./reached.ts";
import { ReceiptsPolls } from "./receipts-polls.ts";
import { requestsOver, type SearchOptions, type SessionRequests } from "./session-requests.ts";
import { logged } from "./state/connection-log.ts";
import { unsettledOf } from "./state/expected.ts";
import type { Memory } from "./state/memory.ts";
import { directMessagesWith } from "./state/own.ts";
import { directPosition, readFurther } from "./state/own-read.ts";
import { outboxOf, pendingDirectOf, pendingOf, writtenFrom } from "./state/pending.ts";
import { measured, type Sample } from "./state/quality.ts";
import { count, type Statistics } from "./state/statistics.ts";
import { type ReadableStore, Store } from "./store.ts";
import { directStream } from "./streams.ts";
import type { TokenSource } from "./tokens.ts";
import { TypingReports } from "./typing-reports.ts";

/** What a session is made of, beside its id. */
export interface SessionParts {
  /** Where the service is, without a slash at the end. */
  url: string;
  environment: Environment;
  tokens: TokenSource;
  http: Http;
  breaker: Breaker;
  queue: QueueStore;
}

/** One session as one participant sees it: the connection, the send queue and the state behind them. */
export class SessionClient {
  readonly id: SessionId;
  readonly store: ReadableStore;
  readonly commands: Commands;
  readonly requests: SessionRequests;
  readonly #store = new Store();
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #posts: CommandRequests;
  readonly #follower: Follower;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #reached: ReachedReports;
  readonly #receipts: ReceiptsPolls;
  readonly #history: History;
  readonly #typing: TypingReports;
  readonly #holders: Holders;
  #phase: ConnectionStatus["phase"] = "idle";

  constructor(id: SessionId, parts: SessionParts) {
    const { environment, http, breaker, queue } = parts;
    this.id = id;
    this.store = this.#store;
    this.#environment = environment;
    this.#http = http;
    this.requests = requestsOver(id, http);
    this.#follower = new Follower(environment, this.#store, {
      identified: (self) => this.#outbox.belongsTo(self),
      seen: (commandId, result) => this.#outbox.seen(commandId, result),
      acked: (ack) => this.#outbox.acked(ack),
      nacked: (nack) => this.#outbox.nacked(nack),
      heard: (events) => this.#reached.heard(events),
      heardDirectly: (message) =>
        this.#reached.heardDirectly(directStream(message.senderId), directPosition(message)),
      readElsewhere: (positions) => this.#reached.readElsewhere(positions),
      gap: () => this.#connection.recycle("gap"),
      // A socket is closed with a code that says so.
      gone: (error) => this.#phase === "fallback" && this.#connection.giveUp(error),
    });
    this.#connection = new Connection(id, parts, {
      resume: () => this.#follower.resume(),
      frames: (frames) => this.#follower.take(frames),
      told: (rev) =>
        this.#store.batch(() => {
          this.#follower.toldUpTo(rev);
          this.#posts.told(rev);
        }),
      status: (status) => this.#store.batch(() => this.#onStatus(status)),
      roundTrip: (ms) => this.#measured("ping", ms),
    });
    this.#posts = new CommandRequests(id, http, {
      acked: (ack, command) => this.#onPosted(ack, command),
      refused: (commandId, error) => this.#outbox.refused(commandId, error),
      lost: (commandId, least) => this.#outbox.lost(commandId, least),
      hurry: () => this.#connection.hurry(),
    });
    this.#outbox = new Outbox(id, queue, environment, {
      send: (commandId, command) => this.#send(commandId, command),
      unanswered: () => {
        const isHeld = this.#phase === "fallback" && this.#posts.isHolding;
        if (this.#phase === "open" || isHeld) this.#connection.recycle("no answer to a command");
      },
      changed: (queue) =>
        this.#store.update((state) => ({
          ...state,
          pending: pendingOf(state.pending, queue),
          pendingDirect: pendingDirectOf(state.pendingDirect, queue),
          outbox: outboxOf(state.outbox, queue),
          unsettled: unsettledOf(state.unsettled, queue.commands),
        })),
      happened: (event) => this.#count(event === "duplicate" ? "duplicates" : event),
      roundTrip: (ms) => this.#measured("ack", ms),
    });
    this.#reached = new ReachedReports(environment, {
      positions: () => this.#follower.positions(),
      people: () => Object.keys(this.#store.getState().participants).length,
      report: (cursor) => this.#say({ type: "cursor", ...cursor }, "cursors", cursor),
      reported: (reached) => this.#store.update((state) => ({ ...state, reached })),
      read: (positions) =>
        this.#store.update((state) => {
          const ownRead = readFurther(state.ownRead, positions);
          return ownRead === state.ownRead ? state : { ...state, ownRead };
        }),
    });
    this.#receipts = new ReceiptsPolls(environment.clock, {
      state: this.#store.getState,
      serverNow: () => this.serverNow(),
      ask: (said) => this.requests.receipts(said),
      told: (receipts) => this.#follower.take([{ type: "receipts", ...receipts }]),
    });
    this.#history = new History(id, http, this.#store);
    this.#typing = new TypingReports(
      () => environment.clock.now(),
      (typing) => this.#say({ type: "typing", ...typing }, "typing", typing) !== undefined,
    );
    breaker.subscribe((state) => this.#store.update((held) => ({ ...held, breaker: state })));
    this.#holders = new Holders(
      environment.clock,
      () => this.connect(),
      () => this.stop(),
    );
    this.commands = commandsOver((command, id) =>
      this.#outbox.submit(writtenFrom(command, this.#follower.sessionPosition), id),
    );
  }

  /** Connects, and stays connected until `stop` or until the server says that trying again is of no use. */
  connect(): void {
    this.#connection.start();
  }

  /**
   * Shows what a page remembered of this session until the first welcome, which replaces all of it: who starts without
   * a network sees the last state, and what they wrote waits with it. Does nothing once anything is known.
   */
  recall(memory: Memory): void {
    if (this.#store.getState().session || !memory.selfId) return;
    this.#store.update((state) => ({ ...state, ...memory }));
    this.#outbox.belongsTo(memory.selfId);
  }

  /** Closes the connection. What is unsettled stays queued for the next `connect`, or for the next page. */
  stop(): void {
    this.#connection.stop();
    this.#reached.stop();
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
   *
   * @param limit most messages in the page: 1 to `LIMITS.messagesPage`; more than it has by itself for somebody who
   *   is on the way to something far back
   */
  loadOlder(roomId: RoomId, limit = PAGE): Promise<void> {
    return this.#history.older(roomId, limit);
  }

  /**
   * Loads what was said in a room back to a message, several pages at the same time. `false` if that message is not to
   * be had: it is not in this room, or more than ten thousand messages back. Rejects with a `FlagshipError`.
   */
  loadBackTo(roomId: RoomId, messageId: MessageId): Promise<boolean> {
    return this.#history.backTo(roomId, messageId);
  }

  /**
   * Loads the newest messages of a room that is not followed, in place of those that were loaded before; what is said
   * in a followed room comes by itself. Rejects with a `FlagshipError`, such as `not_in_room`.
   */
  async loadNewest(roomId: RoomId): Promise<void> {
    if (this.#follower.isFollowing(roomId)) return;
    await this.#history.newest(roomId);
  }

  /**
   * Looks for messages that have all the words, newest first: in the rooms that one may read and among one's direct
   * messages, or in one room. A page may have none although there are more further back: as long as its `before` is
   * not `null`, ask again with it. Rejects with a `FlagshipError`, such as `not_in_room`, or `rate_limited`: a search
   * costs as much as 20 commands.
   *
   * @param text 1 to `LIMITS.searchChars` characters; capitals, accents and the order of words do not matter
   */
  search(text: string, options: SearchOptions = {}): Promise<SearchPage> {
    return this.requests.search(text, options);
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

  /**
   * Loads the page of direct messages with somebody before those that are held, if `hasOlderDirect`. Calls at the same
   * time share one page. Rejects with a `FlagshipError`.
   *
   * @param limit as for `loadOlder`
   */
  loadOlderDirect(participantId: ParticipantId, limit = PAGE): Promise<void> {
    return this.#history.olderDirect(participantId, limit);
  }

  /** As `loadBackTo`, for what was said between somebody and the person, a page at a time. */
  loadBackToDirect(participantId: ParticipantId, messageId: MessageId): Promise<boolean> {
    return this.#history.backToDirect(participantId, messageId);
  }

  /** Says that the person is writing in a room; as often as one likes, it is sent every three seconds at most. */
  typing(roomId: RoomId): void {
    this.#typing.inRoom(roomId);
  }

  /** Says to one person alone that one is writing to them; as `typing`. */
  typingDirectly(participantId: ParticipantId): void {
    this.#typing.directly(participantId);
  }

  /** Says that the person has seen what was said in a room: up to a `seq`, or all that is held of it. */
  markRead(roomId: RoomId, seq?: number): void {
    const newest = this.#store.getState().messages[roomId]?.items.at(-1)?.seq ?? 0;
    this.#reached.read(`room:${roomId}`, Math.min(seq ?? newest, newest));
  }

  /**
   * Reports that a broadcast was shown to the person, in whatever room or conversation. `markRead` reports other
   * messages.
   */
  markAnnounced({ roomId, seq }: Pick<Message, "roomId" | "seq">): void {
    this.#reached.announced(`room:${roomId}`, seq);
  }

  /**
   * Loads the receipts of a room for `deliveryOf`. The service sends receipts of followed rooms only. Rejects with a
   * `FlagshipError`.
   */
  async loadReceipts(roomId: RoomId): Promise<void> {
    const receipts = await this.requests.receipts(roomId);
    this.#follower.take([{ type: "receipts", ...receipts }]);
  }

  /** Says that the person has seen what was said between somebody and them: up to a message, or all that is held. */
  markDirectRead(participantId: ParticipantId, messageId?: MessageId): void {
    const held = directMessagesWith(this.#store.getState().own.directMessages ?? [], participantId);
    const last = messageId === undefined ? held.at(-1) : held.find(({ id }) => id === messageId);
    if (last) this.#reached.read(directStream(participantId), directPosition(last));
  }

  /** Measures the connection now; the result is among the samples of `quality`. Only over a socket. */
  measure(): void {
    this.#connection.measure();
  }

  #onStatus(connection: ConnectionStatus): void {
    const before = this.#phase;
    const { phase } = connection;
    this.#phase = phase;
    // A command that was carried out is not to fail because its sender was removed right after it.
    if (phase === "stopped") this.#posts.stop();
    else this.#posts.restart();
    const change = { at: this.#environment.clock.now(), phase };
    this.#store.update((state) => ({
      ...state,
      connection,
      connectionLog: logged(state.connectionLog, change),
    }));
    const wasUp = before === "open" || before === "fallback";
    const isUp = phase === "open" || phase === "fallback";
    if (phase === "fallback") this.#count("toFallback");
    if (phase === "open" && before === "fallback") this.#count("toSocket");
    if (wasUp && (phase === "backoff" || phase === "connecting")) this.#count("losses");
    if (connection.phase === "stopped") {
      this.#outbox.failAll(connection.error);
    } else {
      this.#outbox.offline();
      if (isUp) this.#outbox.online();
    }
    if (isUp) this.#reached.restart();
    else this.#reached.stop();
    if (phase === "fallback") this.#receipts.start();
    else if (phase === "open") this.#receipts.once(this.#environment.random());
    else this.#receipts.stop();
  }

  #send(id: CommandId, command: Command): boolean {
    if (this.#phase !== "fallback") return this.#connection.send({ type: "command", id, command });
    void this.#posts.send(id, command);
    return true;
  }

  #onPosted(ack: Ack, command: Command): void {
    this.#follower.takeAnswer(ack);
    if (command.type === "leave_session" && this.#phase === "fallback") {
      this.#connection.giveUp(new FlagshipError("left", "You have left this session."));
    }
  }

  /** Sends what the next of its kind makes up for if it is lost. By which way; `undefined` if there is none. */
  #say(frame: ClientFrame, to: string, body: Cursor | Typing): "socket" | "http" | undefined {
    if (this.#connection.send(frame)) return "socket";
    if (this.#phase !== "fallback") return undefined;
    const path = `${pathOf(this.id)}/${to}`;
    this.#http.request({ method: "POST", path, body, tries: 1 }).catch(() => {});
    return "http";
  }

  #measured(kind: Sample["kind"], ms: number): void {
    const sample = { at: this.#environment.clock.now(), kind, ms };
    this.#store.update((state) => ({ ...state, quality: measured(state.quality, sample) }));
  }

  #count(what: keyof Statistics): void {
    this.#store.update((state) => ({ ...state, statistics: count(state.statistics, what) }));
  }
}
