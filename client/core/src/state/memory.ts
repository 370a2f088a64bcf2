import { type SessionState, selectSelf } from "./index.ts";

/** The most messages of a room that are remembered: about two screens. */
const MOST_MESSAGES = 50;

const PARTS = ["session", "selfId", "participants", "rooms", "messages", "own"] as const;

/** What a page remembers of a session, to show it before there is a connection. Plain data. */
export type Memory = Pick<SessionState, (typeof PARTS)[number]>;

/** What is worth remembering; `undefined` before the first welcome and for who is not in the session. */
export function memoryOf(state: SessionState): Memory | undefined {
  if (!state.session || !selectSelf(state)) return undefined;
  const messages = Object.entries(state.messages).map(([roomId, { items, older }]) => {
    const kept = items.slice(-MOST_MESSAGES);
    return [roomId, { items: kept, older: kept.length < items.length ? null : older }] as const;
  });
  const { session, selfId, participants, rooms, own } = state;
  return { session, selfId, participants, rooms, own, messages: Object.fromEntries(messages) };
}

/** Whether two states have the same to remember. */
export function isSameMemory(a: SessionState, b: SessionState): boolean {
  return PARTS.every((part) => a[part] === b[part]);
}
