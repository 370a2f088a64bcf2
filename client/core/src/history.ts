import type {
  DirectMessagesPage,
  ParticipantId,
  RoomId,
  SessionId,
  StreamId,
} from "./generated/protocol.ts";
import { type Http, pathOf } from "./http.ts";
import { addPage } from "./state/messages.ts";
import { addOlderDirect, directWith, hasOlderDirect } from "./state/own.ts";
import { directPosition } from "./state/own-read.ts";
import { without } from "./state/records.ts";
import type { Store } from "./store.ts";
import { directStream } from "./streams.ts";

/** Messages in a page of history: about two screens. */
export const PAGE = 50;

/** Loads what was said before, page by page. Whoever asks for a page that is on its way shares it. */
export class History {
  readonly #id: SessionId;
  readonly #http: Http;
  readonly #store: Store;
  readonly #loading = new Map<RoomId | StreamId, Promise<void>>();

  constructor(id: SessionId, http: Http, store: Store) {
    this.#id = id;
    this.#http = http;
    this.#store = store;
  }

  /** Loads the page of a room's messages before those that are held, if there are any. */
  older(roomId: RoomId, limit: number): Promise<void> {
    return this.#once(roomId, () => this.#older(roomId, limit));
  }

  /** Loads the page of direct messages with somebody before those that are held, if there are any. */
  olderDirect(participantId: ParticipantId, limit: number): Promise<void> {
    return this.#once(directStream(participantId), () => this.#olderDirect(participantId, limit));
  }

  /** Loads the newest messages of a room, in place of those that are held. */
  async newest(roomId: RoomId): Promise<void> {
    const page = await this.#http.messages(this.#id, roomId, null, PAGE);
    this.#store.update((state) => ({
      ...state,
      messages: addPage(without(state.messages, roomId), roomId, null, page),
    }));
  }

  #once(what: RoomId | StreamId, load: () => Promise<void>): Promise<void> {
    const loading = this.#loading.get(what);
    if (loading) return loading;
    const page = load().finally(() => this.#loading.delete(what));
    this.#loading.set(what, page);
    return page;
  }

  async #older(roomId: RoomId, limit: number): Promise<void> {
    const held = this.#store.getState().messages[roomId];
    const before = held?.older ?? null;
    if (held && before === null) return;
    const page = await this.#http.messages(this.#id, roomId, before, limit);
    this.#store.update((state) => ({
      ...state,
      messages: addPage(state.messages, roomId, before, page),
    }));
  }

  async #olderDirect(participantId: ParticipantId, limit: number): Promise<void> {
    const state = this.#store.getState();
    if (!hasOlderDirect(state, participantId)) return;
    const query = new URLSearchParams({ with: participantId, limit: String(limit) });
    const oldest = directWith(state, participantId)[0];
    const before = state.olderDirect[participantId] ?? (oldest && directPosition(oldest));
    if (before) query.set("before", String(before));
    const path = `${pathOf(this.#id)}/direct-messages?${query}`;
    const page = await this.#http.request<DirectMessagesPage>({ method: "GET", path });
    this.#store.update((held) => ({
      ...held,
      own: addOlderDirect(held.own, page.messages),
      olderDirect: { ...held.olderDirect, [participantId]: page.before },
    }));
  }
}
