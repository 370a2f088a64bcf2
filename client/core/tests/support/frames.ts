import type {
  Ack,
  CommandResult,
  HelpRequest,
  Message,
  Moderation,
  Own,
  Participant,
  Room,
  SequencedEvent,
  ServerFrame,
  Session,
} from "../../src/generated/protocol.ts";

/** The `type` of an event and its fields, without its place. */
type Unplaced<E> = E extends unknown ? Omit<E, "seq" | "rev" | "at"> : never;

export const session: Session = {
  id: "s1",
  title: "Planning",
  state: "live",
  locked: false,
  selfSelect: true,
  returnAllowed: true,
  countdownMs: 30_000,
  lateJoiners: "hold",
  slowModeMs: null,
  recording: false,
  anonymous: false,
  round: 0,
  createdAt: 1,
  createdBy: "ada",
  version: 1,
};

export function participant(id: string, roomId = "main"): Participant {
  return {
    id,
    alias: id.toUpperCase(),
    role: "participant",
    roomId,
    assignedRoomId: null,
    handRaised: false,
    muted: false,
    knockingRoomId: null,
    invitation: null,
    joinedAt: 1,
  };
}

export function room(id: string, name = id): Room {
  return {
    id,
    name,
    state: "open",
    locked: false,
    capacity: null,
    facilitatorIds: [],
    slowModeMs: null,
    endsAt: null,
    closesAt: null,
    createdAt: 1,
    createdBy: "ada",
    version: 1,
  };
}

/** A request for help of Grace's. */
export function helpRequest(id: string, more: Partial<HelpRequest> = {}): HelpRequest {
  return {
    id,
    kind: "help",
    state: "waiting",
    participantId: "grace",
    alias: "GRACE",
    roomId: "main",
    text: null,
    aboutParticipantId: null,
    askedAt: 10,
    claimedBy: null,
    claimedAt: null,
    closedAt: null,
    ...more,
  };
}

export function message(roomId: string, seq: number, from = "grace", commandId = ""): Message {
  return {
    id: `${roomId}-${seq}`,
    roomId,
    seq,
    senderId: from,
    senderAlias: from.toUpperCase(),
    content: `${roomId} ${seq}`,
    createdAt: seq,
    commandId: commandId || `from-${roomId}-${seq}`,
  };
}

interface Welcoming {
  streams?: Record<string, number>;
  participants?: Participant[];
  rooms?: Room[];
  messages?: Message[];
  serverTime?: number;
  self?: string;
  moderation?: Moderation | null;
  own?: Own;
}

/** A fresh welcome: Ada, and Grace beside her. */
export function welcome({
  streams = { session: 3, "room:main": 0 },
  participants = [participant("ada"), participant("grace")],
  rooms = [],
  messages = [],
  serverTime = 1_000_000,
  self = "ada",
  moderation = null,
  own = { help: [], profile: { about: null, tags: [] } },
}: Welcoming = {}): ServerFrame {
  return {
    type: "welcome",
    protocol: 1,
    epoch: "e1",
    serverTime,
    self: participants.find(({ id }) => id === self) ?? participant(self),
    resumed: false,
    streams,
    snapshot: { session, participants, rooms, connected: ["ada"], messages, moderation, own },
  };
}

/** A welcome that goes on from what the client holds. */
export function resumed(streams: Record<string, number>, messages: Message[] = []): ServerFrame {
  return {
    type: "welcome",
    protocol: 1,
    epoch: "e1",
    serverTime: 1_000_000,
    self: participant("ada"),
    resumed: true,
    streams,
    snapshot: null,
    messages,
  };
}

/** Events of one stream, the first with the `seq` after `from`. */
export function events(
  stream: string,
  from: number,
  ...list: Unplaced<SequencedEvent>[]
): ServerFrame {
  const placed = list.map((event, index) => ({
    ...event,
    seq: from + 1 + index,
    rev: 100 + from + index,
    at: 1,
  }));
  return { type: "events", stream, from, events: placed as SequencedEvent[] };
}

/** Something said, as its room's stream carries it. */
export function said(from: number, ...messages: Message[]): ServerFrame {
  const stream = `room:${messages[0]?.roomId}`;
  return events(
    stream,
    from,
    ...messages.map((it) => ({ type: "message_created" as const, message: it })),
  );
}

export function ack(id: string, result: CommandResult = {}, more: Partial<Ack> = {}): ServerFrame {
  return { type: "ack", id, rev: 9, duplicate: false, result, ...more };
}

export function nack(
  id: string | null,
  code: Extract<ServerFrame, { type: "nack" }>["error"]["code"],
  retryAfterMs: number | null = null,
): ServerFrame {
  const retryable = ["rate_limited", "unavailable", "internal"].includes(code);
  return { type: "nack", id, error: { code, message: `no: ${code}`, retryable, retryAfterMs } };
}
