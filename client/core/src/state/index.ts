import { type BreakerState, CLOSED } from "../breaker.ts";
import type { ConnectionStatus } from "../connection.ts";
import type {
  Moderation,
  Own,
  Participant,
  ParticipantId,
  SequencedEvent,
  Session,
  Snapshot,
} from "../generated/protocol.ts";
import type { ConnectionChange } from "./connection-log.ts";
import { heardUpTo, type UnsettledCommand } from "./expected.ts";
import { addMessage, beginRoom, type Messages } from "./messages.ts";
import { reduceModeration } from "./moderation.ts";
import { NOTHING_OWN, type OlderDirect, reduceOwn } from "./own.ts";
import { type OwnRead, READ_NOTHING } from "./own-read.ts";
import { type Participants, participantsOf, reduceParticipants } from "./participants.ts";
import {
  EMPTY_OUTBOX,
  type OutboxState,
  type PendingDirectMessage,
  type PendingMessage,
} from "./pending.ts";
import type { Connected } from "./presence.ts";
import { type Quality, UNKNOWN_QUALITY } from "./quality.ts";
import {
  type DirectReceipts,
  REACHED_NOTHING,
  type Reached,
  type RoomReceipts,
} from "./receipts.ts";
import { type Rooms, reduceRooms } from "./rooms.ts";
import { reduceChanges } from "./said.ts";
import { reduceSession } from "./session.ts";
import { NO_STATISTICS, type Statistics } from "./statistics.ts";
import { stopTyping, stopTypingDirectly, type Typing } from "./typing.ts";
import { reduceWarnings, type Warnings } from "./warnings.ts";

/** A session as this client sees it. Never changed in place: each change makes a new state. */
export interface SessionState {
  readonly connection: ConnectionStatus;
  /** `null` until the first welcome. */
  readonly session: Session | null;
  /** Who this client is; `null` until the first welcome. */
  readonly selfId: ParticipantId | null;
  readonly participants: Participants;
  readonly rooms: Rooms;
  readonly warnings: Warnings;
  readonly messages: Messages;
  readonly connected: Connected;
  /** What only hosts and moderators know; `null` for others. */
  readonly moderation: Moderation | null;
  /** What only this person knows, beside the moderators. */
  readonly own: Own;
  /** One's own messages that are not settled, oldest first. */
  readonly pending: readonly PendingMessage[];
  /** One's own direct messages that are not settled, oldest first. */
  readonly pendingDirect: readonly PendingDirectMessage[];
  /** One's own commands whose effect is not in this state yet, oldest first; see `selectExpected`. */
  readonly unsettled: readonly UnsettledCommand[];
  readonly typing: Typing;
  /** How far the people in a room have got; see `deliveryOf`. */
  readonly receipts: RoomReceipts;
  /** How far others have got with what one wrote to them alone; see `directDeliveryOf`. */
  readonly directReceipts: DirectReceipts;
  /** How far this client has said that it has got. */
  readonly reached: Reached;
  /** How far this person has read, on whichever device. */
  readonly ownRead: OwnRead;
  /** Where older direct messages begin, by person, for those that were paged through; see `hasOlderDirect`. */
  readonly olderDirect: OlderDirect;
  /** What waits to be sent, commands of all kinds. */
  readonly outbox: OutboxState;
  /** Whether requests are sent at all. */
  readonly breaker: BreakerState;
  readonly quality: Quality;
  readonly statistics: Statistics;
  /** The latest changes of `connection`, newest last. */
  readonly connectionLog: readonly ConnectionChange[];
  /** How far the server's clock is ahead of this one, as of the last welcome. Milliseconds. */
  readonly clockOffset: number;
}

export const EMPTY_STATE: SessionState = {
  connection: { phase: "idle" },
  session: null,
  selfId: null,
  participants: {},
  rooms: [],
  warnings: {},
  messages: {},
  connected: new Set(),
  moderation: null,
  own: NOTHING_OWN,
  pending: [],
  pendingDirect: [],
  unsettled: [],
  typing: [],
  receipts: {},
  directReceipts: {},
  reached: REACHED_NOTHING,
  ownRead: READ_NOTHING,
  olderDirect: {},
  outbox: EMPTY_OUTBOX,
  breaker: CLOSED,
  quality: UNKNOWN_QUALITY,
  statistics: NO_STATISTICS,
  connectionLog: [],
  clockOffset: 0,
};

/** Whether what is said arrives at once, whichever way: over a socket or over HTTP. */
export function isConnected({ connection }: Pick<SessionState, "connection">): boolean {
  return connection.phase === "open" || connection.phase === "fallback";
}

/** The participant that this client is; undefined until the first welcome, and after leaving. */
export function selectSelf(state: SessionState): Participant | undefined {
  return state.selfId === null ? undefined : state.participants[state.selfId];
}

/** The state after an event. */
export function reduceEvent(state: SessionState, event: SequencedEvent): SessionState {
  if (event.type === "message_created") {
    const { roomId, senderId } = event.message;
    return {
      ...state,
      messages: addMessage(state.messages, event.message),
      typing: stopTyping(state.typing, { roomId, participantId: senderId }),
    };
  }
  return {
    ...state,
    typing: stopTypingDirectly(state.typing, event),
    messages: reduceChanges(state.messages, event),
    session: reduceSession(state.session, event),
    participants: reduceParticipants(state.participants, event),
    rooms: reduceRooms(state.rooms, event),
    warnings: reduceWarnings(state.warnings, event),
    moderation: reduceModeration(state.moderation, event, state.participants),
    own: reduceOwn(state.own, event, state.selfId),
    unsettled: heardUpTo(state.unsettled, event.rev),
  };
}

/** The state that a snapshot describes. `seqs`: the positions of the followed rooms, by room. */
export function fromSnapshot(
  state: SessionState,
  snapshot: Snapshot,
  seqs: readonly (readonly [roomId: string, seq: number])[],
): SessionState {
  return {
    ...state,
    session: snapshot.session,
    participants: participantsOf(snapshot.participants),
    rooms: snapshot.rooms,
    warnings: {},
    connected: new Set(snapshot.connected),
    moderation: snapshot.moderation,
    own: snapshot.own,
    olderDirect: {},
    messages: seqs.reduce<Messages>((held, [roomId, seq]) => {
      const newest = snapshot.messages.filter((message) => message.roomId === roomId);
      return beginRoom(held, roomId, newest, seq);
    }, {}),
    unsettled: state.unsettled.filter(({ rev }) => rev === null),
    typing: [],
  };
}
