import {
  type Commands,
  type ConnectionStatus,
  MAIN_ROOM,
  type Message,
  type Participant,
  type Participants,
  type PendingMessage,
  type Room,
  type Session,
  type SessionClient,
  type SessionId,
  selectSelf,
} from "@flagship/core";
import { useEffect, useSyncExternalStore } from "react";
import { useFlagshipClient } from "./flagship-provider.tsx";

const NOTHING: readonly Message[] = [];

/** How the hook behaves. */
export interface UseFlagshipBreakoutRoomOptions {
  /** Whether to be connected; `false` to look on without a connection of one's own. Absent: `true`. */
  connect?: boolean;
}

/** A session as the person at this page sees it. */
export interface FlagshipBreakoutRoom {
  /** How the connection is. It is opened and repaired without anybody's help. */
  connection: ConnectionStatus;
  /** `null` until the session was entered for the first time. */
  session: Session | null;
  /** The person at this page; `undefined` until then, and after leaving. */
  self: Participant | undefined;
  /** Everyone in the session, by id. */
  participants: Participants;
  /** Every breakout room, oldest first. */
  rooms: readonly Room[];
  /** The room that one is in; `null` in main. */
  currentRoom: Room | null;
  /** What was said there, by position. */
  messages: readonly Message[];
  /** One's own messages that are not settled, of all rooms. */
  pending: readonly PendingMessage[];
  /** Everything that can be asked for. What is refused rejects with a `FlagshipError` that says why. */
  commands: Commands;
  /** The session beneath: history, requests by HTTP, the server's clock, `connect()` after a stop. */
  client: SessionClient;
}

/** Enters a session and tells of it. All that use the same session share one connection. */
export function useFlagshipBreakoutRoom(
  sessionId: SessionId,
  { connect = true }: UseFlagshipBreakoutRoomOptions = {},
): FlagshipBreakoutRoom {
  const client = useFlagshipClient().session(sessionId);
  useEffect(() => (connect ? client.hold() : undefined), [client, connect]);
  const { getState, subscribe } = client.store;
  const state = useSyncExternalStore(subscribe, getState, getState);
  const { connection, session, participants, rooms, messages, pending } = state;
  const self = selectSelf(state);
  const here = self?.roomId ?? MAIN_ROOM;
  return {
    connection,
    session,
    self,
    participants,
    rooms,
    currentRoom: rooms.find(({ id }) => id === here) ?? null,
    messages: messages[here]?.items ?? NOTHING,
    pending,
    commands: client.commands,
    client,
  };
}
