import { MAIN_ROOM, type RoomId, type SessionClient, selectSelf } from "@flagship/core";
import { useCallback, useSyncExternalStore } from "react";
import { useSession } from "../session/context.tsx";
import type { ConversationId } from "./conversations.ts";

/** A conversation that somebody chose to see, from the roster or by its tab. */
export interface Choice {
  id: ConversationId;
  /** The room that they were in then. */
  here: RoomId;
}

interface ShownChat {
  choice: Choice | undefined;
  listeners: Set<() => void>;
}

const chats = new WeakMap<SessionClient, ShownChat>();

function chatOf(session: SessionClient): ShownChat {
  const known = chats.get(session);
  if (known) return known;
  const chat: ShownChat = { choice: undefined, listeners: new Set() };
  chats.set(session, chat);
  return chat;
}

/** The conversation that was chosen last, another object each time, and the way to choose from anywhere on the page. */
export function useShownChat(): [Choice | undefined, (id: ConversationId) => void] {
  const session = useSession();
  const subscribe = useCallback(
    (listener: () => void) => {
      const { listeners } = chatOf(session);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [session],
  );
  const choice = useSyncExternalStore(subscribe, () => chatOf(session).choice);
  const choose = useCallback(
    (id: ConversationId) => {
      const chat = chatOf(session);
      chat.choice = { id, here: selectSelf(session.store.getState())?.roomId ?? MAIN_ROOM };
      for (const listener of [...chat.listeners]) listener();
    },
    [session],
  );
  return [choice, choose];
}
