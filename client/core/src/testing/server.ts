import { memoryStorage } from "../browser.ts";
import type { Environment, Locks } from "../environment.ts";
import type {
  Command,
  CommandId,
  Cursor,
  Health,
  ParticipantId,
  SessionId,
  Typing,
} from "../generated/protocol.ts";
import { directPosition } from "../state/own-read.ts";
import { FakeClock } from "./clock.ts";
import { Connections, FakeSocket } from "./connections.ts";
import { search } from "./search.ts";
import { directIn, FakeSession, Refusal } from "./session.ts";
import { subjectOf } from "./tokens.ts";

/** What becomes of new sockets: they work; they fail; nothing ever answers; there are none at all. */
export type Sockets = "open" | "blocked" | "swallowed" | "forbidden";

/** How long a request for events waits. Milliseconds. */
const LONG_POLL_MS = 25_000;

/**
 * The service in memory, for tests: it speaks the real frames for the common commands, over sockets and over HTTP, and
 * fails as it is told to. Time is its `clock`, which the test moves.
 */
export class FakeServer {
  readonly url = "https://flagship.test";
  readonly clock = new FakeClock();
  /** What becomes of new sockets. */
  sockets: Sockets = "open";
  /** Whether nothing gets through, as when the network is gone. Sockets that are open are cut by `cut`. */
  isDown = false;
  /** Whether requests are never answered, and sockets that are opened neither. */
  isSilent = false;
  /** Delay of each page of events, in milliseconds: answers to commands overtake pages, as on a network. */
  pagesTakeMs = 0;
  /** What it says of itself; `null` for nothing. */
  health: Health | null = null;
  /** Tokens that are not accepted (any more). */
  readonly refused = new Set<string>();
  /** Sockets that were opened, those included that failed. */
  opened = 0;
  /** Requests that came, as `GET /api/…`. */
  readonly requests: string[] = [];
  #answersToLose = 0;
  #ids = 0;
  readonly #sessions = new Map<SessionId, { session: FakeSession; connections: Connections }>();

  /** A session; made at the first call, with its host. */
  session(id: SessionId = "s1", host: ParticipantId = "ada"): FakeSession {
    return this.#of(id, host).session;
  }

  /** What a client takes from the world around it, when this server and its clock are the world. */
  environment(more: Partial<Environment> = {}): Environment {
    return {
      clock: this.clock,
      // Not nothing: what is tried again at once, again and again, would never let the clock move.
      random: () => 0.5,
      newId: () => `id-${++this.#ids}`,
      storage: memoryStorage(),
      fetch: (url, init) => this.#fetch(url, init),
      openSocket: (url, protocols) => this.#openSocket(url, protocols),
      onWake: () => () => {},
      ...more,
    };
  }

  /** Lets somebody do something, as if from another device. Throws a `Refusal`. */
  act(who: ParticipantId, command: Command, session: SessionId = "s1"): void {
    const { session: held, connections } = this.#of(session, "ada");
    held.handle(who, this.#newId(), command);
    connections.tell();
  }

  /** Cuts every open socket. `code`: as the client sees it. */
  cut(code = 1006): void {
    for (const { connections } of this.#sessions.values()) connections.cut(code);
  }

  /** Lets every open socket go silent without closing it. */
  freeze(): void {
    for (const { connections } of this.#sessions.values()) connections.freeze();
  }

  /** So many commands from now on are carried out, and the connection is lost before the answer. */
  loseAnswers(count: number): void {
    this.#answersToLose = count;
  }

  #newId(): CommandId {
    return `server-${++this.#ids}`;
  }

  #of(id: SessionId, host: ParticipantId) {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new FakeSession(id, host, "Session", () => this.clock.now());
    const made = { session, connections: new Connections(session) };
    this.#sessions.set(id, made);
    return made;
  }

  readonly #loseAnswer = (): boolean => {
    if (this.#answersToLose === 0) return false;
    this.#answersToLose -= 1;
    return true;
  };

  #identityOf(token = ""): ParticipantId | undefined {
    return this.refused.has(token) ? undefined : subjectOf(token);
  }

  #openSocket(url: string, protocols: string[]): FakeSocket {
    this.opened += 1;
    if (this.sockets === "forbidden") throw new Error("sockets are switched off");
    const socket = new FakeSocket();
    if (this.sockets === "swallowed" || this.isSilent) return socket;
    const bearer = protocols.find((protocol) => protocol.startsWith("bearer."));
    const who = this.#identityOf(bearer?.slice("bearer.".length));
    const found = this.#sessions.get(url.split("/").at(-2) ?? "");
    if (this.isDown || this.sockets === "blocked") socket.cut(1006);
    else if (!who) socket.cut(4401);
    else if (!found) socket.cut(4404);
    else found.connections.serve(socket, who, this.#loseAnswer);
    return socket;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url);
    this.requests.push(`${init.method ?? "GET"} ${pathname}`);
    if (this.isDown) throw new TypeError("nobody answers");
    if (this.isSilent) await aborted(init.signal);
    const authorization = new Headers(init.headers).get("authorization");
    const who = this.#identityOf(authorization?.replace("Bearer ", ""));
    try {
      if (!who) throw new Refusal("unauthorized", "give a token");
      const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
      const answer = await this.#answer(who, pathname, searchParams, body, init.signal);
      return new Response(JSON.stringify(answer), { status: 200 });
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      return new Response(JSON.stringify({ status: 400, ...refused.body }), { status: 400 });
    }
  }

  async #answer(
    who: ParticipantId,
    path: string,
    query: URLSearchParams,
    body: unknown,
    signal: AbortSignal | null | undefined,
  ): Promise<unknown> {
    if (path === "/api/health" && this.health) return this.health;
    if (path === "/api/sessions") {
      const { title } = body as { title: string };
      const id = this.#newId();
      const made = new FakeSession(id, who, title, () => this.clock.now());
      this.#sessions.set(id, { session: made, connections: new Connections(made) });
      return { session: made.session };
    }
    const [, , , id = "", what, part] = path.split("/");
    const found = this.#sessions.get(id);
    if (!found) throw new Refusal("session_not_found", "there is no such session");
    const { session, connections } = found;
    switch (what) {
      case undefined:
        return session.snapshot(who, connections.connected());
      case "events":
        return this.#onItsWay(
          await connections.page(who, query, signal, (callback) =>
            this.clock.after(LONG_POLL_MS, callback),
          ),
        );
      case "commands": {
        const { id: commandId, command } = body as { id: CommandId; command: Command };
        const ack = session.handle(who, commandId, command);
        connections.tell();
        connections.commanded(who);
        if (this.#loseAnswer()) throw new TypeError("the connection was lost");
        return ack;
      }
      case "messages":
        return part === undefined
          ? this.#messages(session, who, query)
          : { message: session.message(part, who) };
      case "cursors":
        connections.reach(who, body as Cursor);
        connections.tell();
        return {};
      case "typing":
        connections.typing(who, body as Typing);
        return {};
      case "search":
        return search(session, who, query);
      case "receipts": {
        const other = query.get("with");
        return other === null
          ? session.receipts(query.get("room") ?? "main")
          : session.directReceipts(other, who);
      }
      case "direct-messages":
        return this.#directMessages(session, who, query);
      default:
        throw new Refusal("not_found", `the fake server has no ${path}`);
    }
  }

  #onItsWay<T>(page: T): T | Promise<T> {
    if (this.pagesTakeMs === 0) return page;
    return new Promise((resolve) => {
      this.clock.after(this.pagesTakeMs, () => resolve(page));
    });
  }

  #directMessages(session: FakeSession, who: ParticipantId, query: URLSearchParams): unknown {
    const [other, limit] = [query.get("with"), Number(query.get("limit") ?? 50)];
    const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
    const all = directIn(session.events.get(`participant:${who}`) ?? []).filter(
      (message) =>
        (other === null || other === message.senderId || other === message.recipientId) &&
        directPosition(message) < before,
    );
    const [first] = all.slice(-limit);
    const hasOlder = first && all.length > limit;
    return { messages: all.slice(-limit), before: hasOlder ? directPosition(first) : null };
  }

  #messages(session: FakeSession, who: ParticipantId, query: URLSearchParams): unknown {
    const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
    const limit = Number(query.get("limit") ?? 50);
    const room = query.get("room") ?? "main";
    const all = (session.events.get(`room:${room}`) ?? []).flatMap((event) =>
      event.type === "message_created" && event.seq < before ? [event.message] : [],
    );
    const readable = all.filter(({ seq }) => session.mayRead(who, room, seq));
    const messages = readable.slice(-limit);
    const older = readable.length > messages.length ? (messages[0]?.seq ?? null) : null;
    const gaps = session.mayRead(who, room, 0) ? [] : session.stays.gaps(who, room);
    const told = gaps.filter((gap) => gap.after >= (older ?? 0) && gap.before <= before);
    return { messages, before: older, ...(told.length > 0 && { gaps: told }) };
  }
}

/** Waits until a request is given up. */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });
}

/** Locks that all who are given these share, as the tabs of a browser do. */
export function fakeLocks(): Locks {
  const taken = new Set<string>();
  return {
    async take(name) {
      if (taken.has(name)) return undefined;
      taken.add(name);
      return () => void taken.delete(name);
    },
  };
}
