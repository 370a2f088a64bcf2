// Sessions as somebody sees them, to be looked at without a server.

import {
  FlagshipError,
  type HelpRequest,
  type PendingMessage,
  type SessionState,
} from "@flagship/core";
import { EMPTY_STATE } from "../../core/src/state/index.ts";
import {
  ada,
  aside,
  linus,
  MINUTE,
  message,
  NOW,
  noor,
  people,
  person,
  profile,
  room,
  rooms,
  session,
  talk,
} from "./cast.ts";

const byId = <T extends { id: string }>(things: readonly T[]): Record<string, T> =>
  Object.fromEntries(things.map((thing) => [thing.id, thing]));

const help: HelpRequest = {
  id: "h1",
  kind: "help",
  state: "waiting",
  participantId: "linus",
  alias: "Linus",
  roomId: "blue",
  text: "We cannot agree on what the question means.",
  aboutParticipantId: null,
  askedAt: NOW - 2 * MINUTE,
  claimedBy: null,
  claimedAt: null,
  closedAt: null,
};

const pending = (content: string, more: Partial<PendingMessage> = {}): PendingMessage => ({
  commandId: content,
  roomId: "main",
  content,
  createdAt: NOW,
  state: "queued",
  error: null,
  ...more,
});

/** Nothing is known yet. */
export const connecting: SessionState = {
  ...EMPTY_STATE,
  connection: { phase: "connecting", attempt: 0 },
};

/** A host in the middle of a round. */
export const lively: SessionState = {
  ...EMPTY_STATE,
  connection: { phase: "open", since: NOW - 30 * MINUTE },
  session,
  selfId: ada.id,
  participants: byId(people),
  connected: new Set(people.filter(({ id }) => id !== "joerg").map(({ id }) => id)),
  rooms,
  messages: { main: { items: talk, older: null } },
  moderation: { help: [help], guests: [], profiles: { linus: profile }, banned: [] },
  own: { help: [], profile, directMessages: aside },
  typing: [{ roomId: "main", participantId: "noor", until: NOW + MINUTE }],
  receipts: {
    main: {
      stream: "room:main",
      own: { isCounted: true, received: 8, read: 8, announced: 8 },
      members: 7,
      received: [[8, 7]],
      read: [
        [8, 4],
        [6, 3],
      ],
    },
  },
};

/** The same, for one of the others, in a room. */
export const guest: SessionState = {
  ...lively,
  selfId: linus.id,
  moderation: null,
  messages: {
    ...lively.messages,
    blue: {
      items: [
        message(1, people[1] ?? ada, "What would you keep?", "blue"),
        message(2, linus, "The short meetings on Mondays.", "blue"),
        message(3, people[5] ?? ada, "And the notes that everybody can read.", "blue"),
      ],
      older: null,
    },
  },
};

/** A participant in a room, with two announcements. */
export const announced: SessionState = {
  ...guest,
  messages: {
    ...guest.messages,
    main: {
      items: [
        ...talk,
        { ...message(18, ada, "Five minutes left in your rooms."), broadcast: true },
        {
          ...message(19, ada, "Choose who speaks for you:\nhttps://example.com/who"),
          broadcast: true,
        },
      ],
      older: null,
    },
  },
};

/** A participant who was moved while writing without a network. */
export const unsent: SessionState = {
  ...guest,
  pending: [
    pending("We should keep both of them.", {
      roomId: "red",
      state: "failed",
      error: new FlagshipError("not_in_room", "you are not in this room"),
    }),
    pending("And the third.", {
      roomId: "gone",
      state: "failed",
      error: new FlagshipError("room_not_found", "there is no such room"),
    }),
  ],
};

/** A host who has just begun. */
export const fresh: SessionState = {
  ...lively,
  session: { ...session, round: 0 },
  own: { help: [], profile },
  participants: byId([ada]),
  connected: new Set(["ada"]),
  rooms: [],
  messages: { main: { items: [], older: null } },
  moderation: { help: [], guests: [], profiles: {}, banned: [] },
};

/** Somebody who waits for the rooms to open. */
export const waiting: SessionState = {
  ...lively,
  session: { ...session, round: 0, selfSelect: false },
  selfId: noor.id,
  moderation: null,
  rooms: [],
  participants: byId(
    people.map((other) => ({
      ...other,
      roomId: "main",
      knockingRoomId: null,
      assignedRoomId: null,
    })),
  ),
};

export const offline: SessionState = {
  ...lively,
  connection: {
    phase: "backoff",
    attempt: 3,
    retryAt: NOW + 4_000,
    error: new FlagshipError("network", "no answer"),
  } as unknown as SessionState["connection"],
  pending: [pending("This waits for the network."), pending("And so does this.")],
};

export const refused: SessionState = {
  ...lively,
  pending: [
    pending("This was one too many.", {
      state: "failed",
      error: new FlagshipError("rate_limited", "too many messages at once: wait a moment"),
    }),
  ],
};

export const ended: SessionState = { ...lively, session: { ...session, state: "ended" } };

/** An afternoon of it, for the status. */
export const measured: SessionState = {
  ...lively,
  connectionLog: [
    { at: NOW - 30 * MINUTE, phase: "connecting" },
    { at: NOW - 30 * MINUTE + 180, phase: "open" },
    { at: NOW - 12 * MINUTE, phase: "backoff" },
    { at: NOW - 12 * MINUTE + 900, phase: "fallback" },
    { at: NOW - 11 * MINUTE, phase: "open" },
  ],
  quality: {
    level: "good",
    roundTripMs: 42,
    samples: Array.from({ length: 40 }, (_, index) => ({
      at: NOW - (40 - index) * 15_000,
      kind: (["ping", "ack", "event"] as const)[index % 3] ?? "ping",
      ms: 30 + ((index * 37) % 50) + (index === 17 ? 180 : 0),
    })),
  },
  statistics: {
    ...EMPTY_STATE.statistics,
    sent: 41,
    resent: 2,
    acked: 40,
    duplicates: 1,
    failed: 1,
    refused: 1,
    events: 312,
    repeats: 3,
    resumes: 1,
    snapshots: 1,
    losses: 1,
    toFallback: 1,
    toSocket: 1,
  },
};

/** The same without a connection: things wait, and nothing is tried for a moment. */
export const cutOff: SessionState = {
  ...measured,
  ...pick(offline),
  quality: { ...measured.quality, level: "poor", roundTripMs: 1_400 },
  outbox: { waiting: 2, failed: 0, oldestAt: NOW - MINUTE, isDurable: false },
  breaker: { state: "open", failures: 5, retryAt: NOW + 4_000 },
};

function pick({ connection, pending: waiting }: SessionState) {
  return { connection, pending: waiting };
}

/** The countdown of one's own room, a recording, and an alert that nobody has answered. */
export const urgent: SessionState = {
  ...lively,
  session: { ...session, recording: true },
  participants: { ...lively.participants, ada: { ...ada, roomId: "blue" } },
  rooms: rooms.map((it) =>
    it.id === "blue" ? { ...it, state: "closing", endsAt: null, closesAt: NOW + 45_000 } : it,
  ),
  messages: { ...lively.messages, blue: { items: [], older: null } },
  moderation: {
    help: [
      {
        ...help,
        id: "h2",
        kind: "alert",
        alias: "Noor",
        participantId: "noor",
        roomId: "main",
        text: null,
        aboutParticipantId: "joerg",
      },
      help,
    ],
    guests: [],
    profiles: {},
    banned: [],
  },
};

export const hundredRooms: SessionState = (() => {
  const many = Array.from({ length: 100 }, (_, index) =>
    room(`r${index}`, `Room ${index + 1}`, { endsAt: null }),
  );
  const guests = Array.from({ length: 300 }, (_, index) =>
    person(`p${index}`, `Guest ${index + 1}`, { roomId: `r${index % 100}` }),
  );
  return {
    ...lively,
    own: { help: [], profile },
    rooms: many,
    participants: byId([ada, ...guests]),
    connected: new Set(guests.map(({ id }) => id)),
  };
})();

export const thousandPeople: SessionState = (() => {
  const guests = Array.from({ length: 999 }, (_, index) =>
    person(`p${index}`, `Guest ${index + 1}`),
  );
  return {
    ...lively,
    own: { help: [], profile },
    participants: byId([ada, ...guests]),
    connected: new Set(guests.slice(0, 800).map(({ id }) => id)),
  };
})();

/** Not in the session, for a reason. */
export const stopped = (error: FlagshipError): SessionState => ({
  ...EMPTY_STATE,
  connection: { phase: "stopped", error },
});
