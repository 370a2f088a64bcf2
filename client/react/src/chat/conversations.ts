import {
  type DirectMessage,
  directMessagesWith,
  hasOlderDirect,
  type Message,
  type MessageGap,
  type MessageId,
  type ParticipantId,
  type PendingMessage,
  type RoomId,
  type RoomRound,
  type SessionClient,
  type SessionState,
} from "@flagship/core";
import { useMemo } from "react";
import { useSessionState } from "../session/context.tsx";

/** What one talks in: a room, or `direct:` and the id of somebody. No id of a room has a colon. */
export type ConversationId = RoomId;

const DIRECT = "direct:";

/** The conversation with somebody that nobody else hears. */
export const directWith = (id: ParticipantId): ConversationId => DIRECT + id;

/** Whom a conversation is with; `undefined` for a room. */
export function partnerOf(id: ConversationId): ParticipantId | undefined {
  return id.startsWith(DIRECT) ? id.slice(DIRECT.length) : undefined;
}

/** What was said in a conversation. */
export interface Said {
  items: readonly Message[];
  /** One's own that are not settled. */
  pending: readonly PendingMessage[];
  /** Whether there are older ones to be loaded. */
  hasOlder: boolean;
  /** Where messages are that the reader may not read, oldest first. */
  gaps: readonly MessageGap[];
}

const NONE: readonly Message[] = [];
const NO_GAPS: readonly MessageGap[] = [];

/** What was said in a room, or between somebody and oneself. */
export function useSaid(id: ConversationId): Said {
  const partner = partnerOf(id);
  const room = useSessionState((state) => state.messages[id]);
  const direct = useSessionState((state) => state.own.directMessages);
  const hasOlderTalk = useSessionState(
    (state) => partner !== undefined && hasOlderDirect(state, partner),
  );
  const pending = useSessionState((state) => state.pending);
  const pendingDirect = useSessionState((state) => state.pendingDirect);

  return useMemo(() => {
    if (partner === undefined) {
      return {
        items: room?.items ?? NONE,
        pending: pending.filter(({ roomId }) => roomId === id),
        hasOlder: (room?.older ?? null) !== null,
        gaps: room?.gaps ?? NO_GAPS,
      };
    }
    return {
      items: messagesWith(direct ?? [], partner),
      pending: pendingDirect
        .filter(({ recipientId }) => recipientId === partner)
        .map(({ recipientId: _, ...message }) => ({ ...message, roomId: id })),
      hasOlder: hasOlderTalk,
      gaps: NO_GAPS,
    };
  }, [id, partner, room, direct, hasOlderTalk, pending, pendingDirect]);
}

const NO_ROUNDS: readonly RoomRound[] = [];

/** When a room was opened, oldest first. */
export function useRounds(id: ConversationId): readonly RoomRound[] {
  return useSessionState(({ rooms }) => rooms.find((room) => room.id === id)?.rounds ?? NO_ROUNDS);
}

/** The conversations that there are beside main and the room that one is in: the latest first. */
export function directPartners(
  direct: readonly DirectMessage[],
  selfId: ParticipantId | null,
): readonly ParticipantId[] {
  const partners = direct.map(({ senderId, recipientId }) =>
    senderId === selfId ? recipientId : senderId,
  );
  return [...new Set(partners.reverse())];
}

/** Direct messages with somebody, as those of rooms are: their place is their time. */
export function messagesWith(
  direct: readonly DirectMessage[],
  partner: ParticipantId,
): readonly Message[] {
  return directMessagesWith(direct, partner).map(({ recipientId: _, ...message }) => ({
    ...message,
    roomId: directWith(partner),
    seq: message.createdAt,
  }));
}

/** What is held of every conversation, by its id. */
export function itemsOf(state: Pick<SessionState, "messages" | "own">, id: ConversationId) {
  const partner = partnerOf(id);
  if (partner !== undefined) return messagesWith(state.own.directMessages ?? [], partner);
  return state.messages[id]?.items ?? NONE;
}

/** Loads the page before what is held of a conversation. */
export function loadOlder(session: SessionClient, id: ConversationId): Promise<void> {
  const partner = partnerOf(id);
  return partner === undefined ? session.loadOlder(id) : session.loadOlderDirect(partner);
}

/** Loads a conversation back to a message. Whether it is held then. */
export function loadBackTo(
  session: SessionClient,
  id: ConversationId,
  messageId: MessageId,
): Promise<boolean> {
  const partner = partnerOf(id);
  return partner === undefined
    ? session.loadBackTo(id, messageId)
    : session.loadBackToDirect(partner, messageId);
}
