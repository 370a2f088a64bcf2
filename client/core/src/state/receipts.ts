import type {
  DirectMessage,
  Message,
  ParticipantId,
  Receipts,
  RoomId,
} from "../generated/protocol.ts";
import { personOf, roomOf } from "../streams.ts";
import type { SessionState } from "./index.ts";
import { directPosition } from "./own-read.ts";
import { MAIN_ROOM } from "./participants.ts";

/** How far the people in a room have got, as this client was told. */
export interface ToldReceipts extends Receipts {
  /** How far this client had said by then that it has got itself, if its person is counted among the people. */
  readonly own: {
    readonly isCounted: boolean;
    readonly received: number;
    readonly read: number;
    readonly announced: number;
  };
}

/** By room: where this client was told. */
export type RoomReceipts = Readonly<Record<RoomId, ToldReceipts>>;

/** How far this client has said that it has got, by room. */
export interface Reached {
  readonly received: Readonly<Record<RoomId, number>>;
  readonly read: Readonly<Record<RoomId, number>>;
  /** The last broadcast of each room that was shown to the person. */
  readonly announced: Readonly<Record<RoomId, number>>;
}

/** How far other people have got with what one wrote to them alone: where this client was told. */
export type DirectReceipts = Readonly<Record<ParticipantId, Receipts>>;

export const REACHED_NOTHING: Reached = { received: {}, read: {}, announced: {} };

/** What became of a message that was accepted. */
export interface Delivery {
  /** `delivered` and `read`: to all others in the room. */
  readonly state: "accepted" | "delivered" | "read";
  /** How many others are in the room; `null` where this client was not told. */
  readonly others: number | null;
  /** How many of them have received it. */
  readonly delivered: number;
  /** How many of them have seen it. */
  readonly read: number;
}

export function reduceReceipts(
  state: Pick<SessionState, "receipts" | "reached" | "participants" | "selfId">,
  receipts: Receipts,
): RoomReceipts {
  const { receipts: held, reached, participants, selfId } = state;
  const { received, read, announced } = reached;
  const room = roomOf(receipts.stream);
  if (room === undefined) return held;
  const here = selfId === null ? undefined : participants[selfId]?.roomId;
  // As of now: what is said of oneself later, these numbers do not know of.
  const own = {
    // Moderators write into rooms that they are not in.
    isCounted: room === MAIN_ROOM || room === here,
    received: received[room] ?? 0,
    read: read[room] ?? 0,
    announced: Math.max(announced[room] ?? 0, read[room] ?? 0),
  };
  return { ...held, [room]: { ...receipts, own } };
}

export function reduceDirectReceipts(held: DirectReceipts, receipts: Receipts): DirectReceipts {
  const person = personOf(receipts.stream);
  return person === undefined ? held : { ...held, [person]: receipts };
}

/** How far a direct message of one's own has come. */
export function directDeliveryOf(
  { directReceipts }: Pick<SessionState, "directReceipts">,
  message: Pick<DirectMessage, "id" | "recipientId">,
): Delivery {
  const told = directReceipts[message.recipientId];
  const position = directPosition(message);
  const isAt = (positions: readonly [number, number][] = []) =>
    positions.some(([reached]) => reached >= position) ? 1 : 0;
  const read = isAt(told?.read);
  const delivered = Math.max(read, isAt(told?.received));
  const state = read ? "read" : delivered ? "delivered" : "accepted";
  return { state, others: 1, delivered, read };
}

/**
 * How far one of one's own messages has come. Told to those who said something lately, and to moderators. A broadcast
 * counts as read by the participants to whom it was shown, in whatever room or conversation.
 */
export function deliveryOf(
  { receipts }: Pick<SessionState, "receipts">,
  { roomId, seq, broadcast }: Pick<Message, "roomId" | "seq" | "broadcast">,
): Delivery {
  const told = receipts[roomId];
  if (!told) return { state: "accepted", others: null, delivered: 0, read: 0 };
  const { isCounted } = told.own;
  const others = Math.max(0, told.members - (isCounted ? 1 : 0));
  const beside = (positions: readonly [number, number][], own: number) => {
    const all = positions.reduce(
      (sum, [position, people]) => sum + (position >= seq ? people : 0),
      0,
    );
    return Math.min(others, Math.max(0, all - (isCounted && own >= seq ? 1 : 0)));
  };
  const read = broadcast
    ? beside(told.announced ?? told.read, told.own.announced)
    : beside(told.read, told.own.read);
  const delivered = Math.max(read, beside(told.received, told.own.received));
  const isAll = (count: number) => others > 0 && count >= others;
  const state = isAll(read) ? "read" : isAll(delivered) ? "delivered" : "accepted";
  return { state, others, delivered, read };
}
