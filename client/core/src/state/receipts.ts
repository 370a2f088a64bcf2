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

/** How far the people in a room have got, as this client was told. */
export interface ToldReceipts extends Receipts {
  /** How far this client had said by then that it has got itself: it is counted among the people. */
  readonly own: { readonly received: number; readonly read: number };
}

/** By room: where this client was told. */
export type RoomReceipts = Readonly<Record<RoomId, ToldReceipts>>;

/** How far this client has said that it has got, by room. */
export interface Reached {
  readonly received: Readonly<Record<RoomId, number>>;
  readonly read: Readonly<Record<RoomId, number>>;
}

/** How far other people have got with what one wrote to them alone: where this client was told. */
export type DirectReceipts = Readonly<Record<ParticipantId, Receipts>>;

export const REACHED_NOTHING: Reached = { received: {}, read: {} };

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
  held: RoomReceipts,
  receipts: Receipts,
  { received, read }: Reached,
): RoomReceipts {
  const room = roomOf(receipts.stream);
  if (room === undefined) return held;
  // As of now: what is said of oneself later, these numbers do not know of.
  const own = { received: received[room] ?? 0, read: read[room] ?? 0 };
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

/** How far one of one's own messages has come. Told to those who said something lately, and to moderators. */
export function deliveryOf(
  { receipts }: Pick<SessionState, "receipts">,
  { roomId, seq }: Pick<Message, "roomId" | "seq">,
): Delivery {
  const told = receipts[roomId];
  if (!told) return { state: "accepted", others: null, delivered: 0, read: 0 };
  const others = Math.max(0, told.members - 1);
  const beside = (positions: readonly [number, number][], own: number) => {
    const all = positions.reduce(
      (sum, [position, people]) => sum + (position >= seq ? people : 0),
      0,
    );
    return Math.min(others, Math.max(0, all - (own >= seq ? 1 : 0)));
  };
  const read = beside(told.read, told.own.read);
  const delivered = Math.max(read, beside(told.received, told.own.received));
  const isAll = (count: number) => others > 0 && count >= others;
  const state = isAll(read) ? "read" : isAll(delivered) ? "delivered" : "accepted";
  return { state, others, delivered, read };
}
