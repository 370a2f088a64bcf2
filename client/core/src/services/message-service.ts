import type { FlagshipError } from "../errors.ts";
import type { CommandId, Message, RoomId, SearchPage, SessionId } from "../generated/protocol.ts";
import type { SessionClient } from "../session-client.ts";
import type { SearchOptions } from "../session-requests.ts";
import { selectExpectedRoom } from "../state/expected.ts";
import { type SessionState, selectSelf } from "../state/index.ts";
import { MAIN_ROOM } from "../state/participants.ts";
import type { PendingMessage } from "../state/pending.ts";
import { type Delivery, deliveryOf } from "../state/receipts.ts";
import { configuredClient, followSession, fromState, inSession } from "./configuration.ts";

/** Where a message goes, and under which name it is known before it is there. */
export interface SendMessageOptions {
  /**
   * The room. Absent: the room that the sender is in when `sendMessage` is called, commands that are queued before it
   * included. The message goes to that room or is refused, wherever the sender is by the time that it is sent.
   */
  roomId?: RoomId;
  /** The idempotency key: asked again with the same one, the message is not said twice. Absent for a new one. */
  id?: CommandId;
}

/** How far a message of one's own has come. */
export type DeliveryStatus =
  /** Kept, and sent for as long as it takes. */
  | { state: "queued" }
  /**
   * Durable: everyone who is entitled to it gets it. Once all others in the room have it, it is `delivered`, and once
   * all have seen it, `read`; until then the counts say how many have.
   */
  | ({ message: Message } & Delivery)
  /** Not taken; it waits for `retry` or `discard`. */
  | { state: "refused"; error: FlagshipError }
  /** Neither queued nor among the messages that are loaded. */
  | { state: "unknown" };

/** What is said in a room, and what is on its way there. */
export interface RoomConversation {
  roomId: RoomId;
  /** By position, each once: an unbroken run up to the newest. */
  messages: readonly Message[];
  /** One's own that are not settled, oldest first. */
  pending: readonly PendingMessage[];
}

/** Messages without a framework. Needs `configureFlagship` or a `FlagshipProvider`. */
export interface FlagshipMessageService {
  /**
   * Says something: 1 to 4,000 characters, not blank. It is kept and sent again until the service has answered, and
   * is never said twice. Rejects with a `FlagshipError` when it is refused; the message then stays for `retry`.
   */
  sendMessage(
    sessionId: SessionId,
    content: string,
    options?: SendMessageOptions,
  ): Promise<Message>;
  /** How far a message has come, by the `id` that it was sent with, or by its own id. */
  deliveryStatus(sessionId: SessionId, id: CommandId): DeliveryStatus;
  /**
   * Tells how far a message has come, now and whenever it is further, and stays connected until the returned function
   * is called. Who receives and reads is told for ten minutes after one last said something, and to moderators always.
   */
  subscribeDelivery(
    sessionId: SessionId,
    id: CommandId,
    listener: (status: DeliveryStatus) => void,
  ): () => void;
  /**
   * Looks for messages that have all the words, newest first, in all that one may read; see `SessionClient.search`.
   * Rejects with a `FlagshipError`.
   */
  search(sessionId: SessionId, text: string, options?: SearchOptions): Promise<SearchPage>;
  /** Sends a refused message again, under the same id. */
  retry(sessionId: SessionId, id: CommandId): void;
  /** Forgets a refused message. */
  discard(sessionId: SessionId, id: CommandId): void;
  /**
   * Tells of a room's messages, now and after each change, and stays connected until the returned function is called.
   * Nothing is told before the session was entered.
   *
   * @param roomId the room; absent for the one that one is in, whichever that is
   */
  subscribe(
    sessionId: SessionId,
    listener: (conversation: RoomConversation) => void,
    roomId?: RoomId,
  ): () => void;
}

/** Every promise of it rejects with a `FlagshipError` that says which rule refused. */
export const flagshipMessageService: FlagshipMessageService = {
  sendMessage: (sessionId, content, { roomId, id } = {}) =>
    roomId === undefined
      ? fromState(sessionId, (state, session) => send(session, roomFor(state, id), content, id))
      : inSession(sessionId, (session) => send(session, roomId, content, id)),

  deliveryStatus: (sessionId, id) =>
    statusOf(configuredClient().session(sessionId).store.getState(), id),

  subscribeDelivery(sessionId, id, listener) {
    let told: DeliveryStatus | undefined;
    return followSession(sessionId, (state) => {
      const status = statusOf(state, id);
      if (told && isSame(told, status)) return;
      told = status;
      listener(status);
    });
  },

  search: (sessionId, text, options) => configuredClient().session(sessionId).search(text, options),

  retry: (sessionId, id) => configuredClient().session(sessionId).retryMessage(id),
  discard: (sessionId, id) => configuredClient().session(sessionId).discardMessage(id),

  subscribe(sessionId, listener, roomId) {
    let told: readonly unknown[] = [];
    return followSession(sessionId, (state) => {
      if (!state.session) return;
      const room = roomId ?? roomOfSelf(state);
      const { messages, pending } = state;
      const parts = [room, messages[room], pending];
      if (parts.every((part, index) => part === told[index])) return;
      told = parts;
      listener({
        roomId: room,
        messages: messages[room]?.items ?? [],
        pending: pending.filter((message) => message.roomId === room),
      });
    });
  },
};

function send(
  { commands }: SessionClient,
  roomId: RoomId,
  content: string,
  id: CommandId | undefined,
): Promise<Message> {
  return commands.sendMessage(roomId, content, id === undefined ? {} : { id });
}

function statusOf(state: SessionState, id: CommandId): DeliveryStatus {
  const waiting = state.pending.find(({ commandId }) => commandId === id);
  if (waiting?.error) return { state: "refused", error: waiting.error };
  if (waiting) return { state: "queued" };
  const message = Object.values(state.messages)
    .flatMap(({ items }) => items)
    .find((said) => said.commandId === id || said.id === id);
  return message ? { message, ...deliveryOf(state, message) } : { state: "unknown" };
}

function isSame(a: DeliveryStatus, b: DeliveryStatus): boolean {
  const held = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(([name, value]) => held.get(name) === value);
}

/** The room of a message that names none: the room of an earlier call with the same id, else the sender's. */
function roomFor(state: SessionState, id: CommandId | undefined): RoomId {
  const before = id === undefined ? undefined : roomOfCommand(state, id);
  return before ?? selectExpectedRoom(state) ?? MAIN_ROOM;
}

function roomOfCommand({ pending, messages }: SessionState, id: CommandId): RoomId | undefined {
  const said = Object.values(messages).flatMap(({ items }) => items);
  return [...pending, ...said].find(({ commandId }) => commandId === id)?.roomId;
}

function roomOfSelf(state: SessionState): RoomId {
  return selectSelf(state)?.roomId ?? MAIN_ROOM;
}

export default flagshipMessageService;
