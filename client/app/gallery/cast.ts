// The people, rooms and words of the gallery.

import type { DirectMessage, Message, Participant, Profile, Room, Session } from "@flagship/core";

/** A Tuesday morning. Everything in the gallery happens around it, so that pictures do not change by themselves. */
export const NOW = Date.UTC(2026, 2, 3, 9, 30);

export const MINUTE = 60_000;

export const session: Session = {
  id: "spring",
  title: "Spring planning",
  state: "live",
  locked: false,
  selfSelect: true,
  returnAllowed: true,
  countdownMs: 60_000,
  lateJoiners: "hold",
  slowModeMs: null,
  recording: false,
  anonymous: false,
  round: 2,
  createdAt: NOW - 40 * MINUTE,
  createdBy: "ada",
  version: 3,
};

export function person(id: string, alias: string, more: Partial<Participant> = {}): Participant {
  return {
    id,
    alias,
    role: "participant",
    roomId: "main",
    assignedRoomId: null,
    handRaised: false,
    muted: false,
    knockingRoomId: null,
    invitation: null,
    // After the announcement in main: the banner shows it to participants who were there.
    joinedAt: NOW - 10 * MINUTE,
    ...more,
  };
}

export function room(id: string, name: string, more: Partial<Room> = {}): Room {
  return {
    id,
    name,
    state: "open",
    locked: false,
    capacity: null,
    facilitatorIds: [],
    slowModeMs: null,
    endsAt: NOW + 12 * MINUTE,
    closesAt: null,
    createdAt: NOW - 20 * MINUTE,
    createdBy: "ada",
    version: 1,
    ...more,
  };
}

export function message(
  seq: number,
  sender: Participant,
  content: string,
  roomId = "main",
): Message {
  return {
    id: `${roomId}-${seq}`,
    roomId,
    seq,
    senderId: sender.id,
    senderAlias: sender.alias,
    content,
    createdAt: NOW - (20 - seq) * MINUTE,
    commandId: `${roomId}-c${seq}`,
  };
}

export const ada = person("ada", "Ada", { role: "host" });
export const grace = person("grace", "Grace", { role: "moderator", roomId: "blue" });
export const linus = person("linus", "Linus", { roomId: "blue", assignedRoomId: "blue" });
export const adil = person("adil", "عادل", { roomId: "red", assignedRoomId: "red" });
export const joerg = person("joerg", "Jörg", { roomId: "red", assignedRoomId: "red", muted: true });
export const mei = person("mei", "Mei", { roomId: "blue", assignedRoomId: "blue" });
export const noor = person("noor", "Noor", { handRaised: true, knockingRoomId: "green" });

export const people = [ada, grace, linus, adil, joerg, mei, noor];

export const rooms = [
  room("blue", "Blue", { facilitatorIds: ["mei"] }),
  room("red", "Red", { capacity: 4, slowModeMs: 10_000 }),
  room("green", "Green", { locked: true, endsAt: null }),
];

export const talk = [
  message(1, ada, "Welcome, everyone. We split up in a minute: one question for each room."),
  message(2, ada, "Write down what you would keep, and what you would drop."),
  message(3, linus, "Where do we put it? A link would help: https://example.org/notes"),
  {
    ...message(4, noor, "I have two ideas already, @Ada."),
    mentions: ["ada"],
    replyTo: "main-2",
    reactions: [
      { emoji: "👍", participantIds: ["ada", "linus"] },
      { emoji: "🎉", participantIds: ["grace"] },
    ],
  },
  { ...message(5, grace, "Five minutes left. Choose who speaks for you."), broadcast: true },
  message(6, adil, "نحن جاهزون. من يبدأ؟"),
  { ...message(7, joerg, ""), deletedAt: NOW - 13 * MINUTE },
  { ...message(8, ada, "Room Red starts, then Blue."), editedAt: NOW - 11 * MINUTE },
];

const direct = (
  id: string,
  [sender, recipient]: readonly [Participant, Participant],
  content: string,
  minutes: number,
): DirectMessage => ({
  id,
  senderId: sender.id,
  senderAlias: sender.alias,
  recipientId: recipient.id,
  content,
  createdAt: NOW - minutes * MINUTE,
  commandId: `c-${id}`,
});

/** Between two alone. */
export const aside = [
  direct("d1", [linus, ada], "I have to leave ten minutes early. Can somebody else report?", 9),
  direct("d2", [ada, linus], "Mei can. I will ask her.", 8),
  direct("d3", [linus, ada], "Thank you!", 7),
];

export const profile: Profile = {
  about: "Works on accessibility; would rather hear from others first.",
  tags: ["design", "chess"],
};
