import { FlagshipError, type SessionClient, type SessionState } from "@flagship/core";
import { ada, adil, aside, linus, MINUTE, mei, NOW, session, talk } from "./cast.ts";

/** Nothing can be done here, and it says so like the service would. */
const refuse = async () => {
  throw new FlagshipError("unavailable", "This is the gallery: nothing happens here.");
};

const answers: Record<string, unknown> = {
  templates: [
    {
      id: "t1",
      name: "Three teams",
      rooms: [{ name: "Blue" }, { name: "Red" }, { name: "Green" }],
    },
  ],
  activity: {
    serverTime: NOW,
    minutes: 5,
    rooms: [
      {
        roomId: "blue",
        present: 3,
        assigned: 2,
        messages: 40,
        recentMessages: 22,
        lastMessageAt: NOW - 9_000,
        longestHelpWaitMs: 120_000,
      },
      {
        roomId: "red",
        present: 2,
        assigned: 2,
        messages: 3,
        recentMessages: 0,
        lastMessageAt: NOW - 4 * MINUTE,
        longestHelpWaitMs: null,
      },
    ],
  },
  debrief: {
    session,
    rounds: [
      {
        round: 1,
        openedAt: NOW - 20 * MINUTE,
        closedAt: NOW - 8 * MINUTE,
        rooms: [
          { roomId: "blue", name: "Blue", participantIds: ["linus", "mei"], messages: 41 },
          { roomId: "red", name: "Red", participantIds: ["adil"], messages: 1 },
        ],
      },
    ],
    rooms: [
      {
        roomId: "blue",
        name: "Blue",
        visitors: 3,
        messages: 41,
        messageMinutes: [12, 9, 3, 0, 11, 6].map((count, minute) => [
          NOW - (19 - minute) * MINUTE,
          count,
        ]),
      },
      {
        roomId: "red",
        name: "Red",
        visitors: 2,
        messages: 1,
        messageMinutes: [[NOW - 17 * MINUTE, 1]],
      },
    ],
    participants: [ada, linus, adil, mei].map(({ id, alias }) => ({ participantId: id, alias })),
    visits: [linus, mei, adil].map(({ id, alias }) => ({
      participantId: id,
      alias,
      roomId: id === "adil" ? "red" : "blue",
      roomName: id === "adil" ? "Red" : "Blue",
      round: 1,
      enteredAt: NOW - 19 * MINUTE,
      leftAt: NOW - 8 * MINUTE,
    })),
    help: [],
  },
  health: {
    status: "ok",
    version: "0.1.0",
    database: { ok: true, latencyMs: 4 },
    sessionObject: { ok: true, latencyMs: 7 },
  },
  propose: {
    seed: 1,
    matchedBy: null,
    repeatedMeetings: 1,
    unplaced: [],
    assignments: [
      { participantId: "linus", roomId: "blue" },
      { participantId: "mei", roomId: "blue" },
      { participantId: "adil", roomId: "red" },
      { participantId: "joerg", roomId: "red" },
      { participantId: "noor", roomId: "green" },
    ],
  },
};

/** A session that stands still. */
export function fakeSession(state: SessionState): SessionClient {
  const isConnected = state.connection.phase === "open";
  const requests = new Proxy(
    {},
    {
      get: (_, name: string) =>
        name in answers && isConnected ? async () => answers[name] : refuse,
    },
  );
  const commands = new Proxy({}, { get: () => refuse });
  const nothing = () => {};
  const fake = {
    id: "spring",
    store: { getState: () => state, subscribe: () => nothing },
    commands,
    requests,
    search: async (text: string) => ({
      messages: talk.filter(({ content }) => content.includes(text)),
      directMessages: aside.filter(({ content }) => content.includes(text)),
      before: text === "lighthouse" ? 1 : null,
    }),
    serverNow: () => NOW,
    loadReceipts: async () => {},
    loadBackTo: async () => false,
    hold: () => nothing,
  };
  return new Proxy(fake, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : nothing),
  }) as unknown as SessionClient;
}
