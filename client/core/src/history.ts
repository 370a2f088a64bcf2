import { FlagshipError } from "./errors.ts";
import {
  type DirectMessage,
  type DirectMessagesPage,
  LIMITS,
  type Message,
  type MessageBody,
  type MessageId,
  type ParticipantId,
  type RoomId,
  type SessionId,
  type StreamId,
} from "./generated/protocol.ts";
import { type Http, pathOf } from "./http.ts";
import { addPages } from "./state/messages.ts";
import { addOlderDirect, directMessagesWith, hasOlderDirect } from "./state/own.ts";
import { directPosition } from "./state/own-read.ts";
import { without } from "./state/records.ts";
import type { Store } from "./store.ts";
import { directStream } from "./streams.ts";

/** Messages in a page of history: about two screens. */
export const PAGE = 50;

/** The most pages on the way to one message: some ten thousand messages. */
const MOST_PAGES = 100;

/** Pages that are asked for at the same time: as many as browsers have connections to one place. */
const AT_ONCE = 6;

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

  /** Loads what was said in a room back to a message. Whether that is held then; if it is not, nothing was loaded. */
  async backTo(roomId: RoomId, messageId: MessageId): Promise<boolean> {
    for (let page = this.#loading.get(roomId); page; page = this.#loading.get(roomId)) {
      await page.catch(() => {});
    }
    const isHeld = () =>
      this.#store.getState().messages[roomId]?.items.some(({ id }) => id === messageId) === true;
    if (!isHeld()) await this.#once(roomId, () => this.#backTo(roomId, messageId));
    return isHeld();
  }

  /** Loads what was said between somebody and oneself back to a message. Whether that is held then. */
  async backToDirect(participantId: ParticipantId, messageId: MessageId): Promise<boolean> {
    const isHeld = () => this.#heldWith(participantId).some(({ id }) => id === messageId);
    const isOnTheWay = () => !isHeld() && hasOlderDirect(this.#store.getState(), participantId);
    for (let pages = 0; pages < MOST_PAGES && isOnTheWay(); pages += 1) {
      await this.olderDirect(participantId, LIMITS.messagesPage);
    }
    return isHeld();
  }

  /** Loads the newest messages of a room, in place of those that are held. */
  async newest(roomId: RoomId): Promise<void> {
    const page = await this.#http.messages(this.#id, roomId, null, PAGE);
    this.#store.update((state) => ({
      ...state,
      messages: addPages(without(state.messages, roomId), roomId, null, [page]),
    }));
  }

  #heldWith(participantId: ParticipantId): readonly DirectMessage[] {
    return directMessagesWith(this.#store.getState().own.directMessages ?? [], participantId);
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
      messages: addPages(state.messages, roomId, before, [page]),
    }));
  }

  async #backTo(roomId: RoomId, messageId: MessageId): Promise<void> {
    const message = await this.#find(messageId);
    const before = this.#store.getState().messages[roomId]?.older ?? null;
    if (message?.roomId !== roomId || before === null) return;
    // A page of so many messages goes back so many places at least.
    const count = Math.ceil((before - message.seq) / LIMITS.messagesPage);
    if (count > MOST_PAGES) return;
    const pages = await severalAtOnce(count, (page) =>
      this.#http.messages(
        this.#id,
        roomId,
        before - page * LIMITS.messagesPage,
        LIMITS.messagesPage,
      ),
    );
    this.#store.update((state) => ({
      ...state,
      messages: addPages(state.messages, roomId, before, pages),
    }));
  }

  async #find(messageId: MessageId): Promise<Message | undefined> {
    const path = `${pathOf(this.#id)}/messages/${encodeURIComponent(messageId)}`;
    try {
      return (await this.#http.request<MessageBody>({ method: "GET", path })).message;
    } catch (thrown) {
      if (thrown instanceof FlagshipError && thrown.code === "message_not_found") return undefined;
      throw thrown;
    }
  }

  async #olderDirect(participantId: ParticipantId, limit: number): Promise<void> {
    const state = this.#store.getState();
    if (!hasOlderDirect(state, participantId)) return;
    const query = new URLSearchParams({ with: participantId, limit: String(limit) });
    const oldest = this.#heldWith(participantId)[0];
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

/** What `count` requests are answered, in order; a few of them are under way at the same time. */
async function severalAtOnce<T>(count: number, ask: (index: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      answers[index] = await ask(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}
