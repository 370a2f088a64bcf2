import { MAIN_ROOM, type SessionState, selectSelf } from "@flagship/core";
import { useCallback, useSyncExternalStore } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { keepsOrder, keepsOrderIn } from "../shared/names.ts";
import { onTick } from "../shared/ticker.ts";

/** How long one waits between two messages in a room (milliseconds, 0 for no wait), and how much of it is left (seconds). */
export function useSlowMode(roomId: string): { pauseMs: number; wait: number } {
  const session = useSession();
  const pauseMs = useSessionState((state) => pauseIn(state, roomId));
  const spokeAt = useSessionState((state) => (pauseMs > 0 ? lastSpoke(state) : 0));
  const left = useCallback(
    () => Math.max(0, Math.ceil((spokeAt + pauseMs - session.serverNow()) / 1_000)),
    [spokeAt, pauseMs, session],
  );
  const subscribe = useCallback(
    (listener: () => void) => (pauseMs > 0 ? onTick(listener) : () => {}),
    [pauseMs],
  );
  const wait = useSyncExternalStore(subscribe, left);
  return { pauseMs, wait: pauseMs > 0 ? wait : 0 };
}

function pauseIn(state: SessionState, roomId: string): number {
  const self = selectSelf(state);
  if (roomId === MAIN_ROOM) return keepsOrder(self) ? 0 : (state.session?.slowModeMs ?? 0);
  const room = state.rooms.find(({ id }) => id === roomId);
  return room && !keepsOrderIn(self, room) ? (room.slowModeMs ?? 0) : 0;
}

/** When one last said something, as far as it is held: by the server's clock, 0 if never. */
function lastSpoke({ messages, pending, selfId, clockOffset }: SessionState): number {
  const said = Object.values(messages).map(
    ({ items }) => items.findLast(({ senderId }) => senderId === selfId)?.createdAt ?? 0,
  );
  const waiting = pending.filter(({ error }) => error === null);
  return Math.max(0, ...said, ...waiting.map(({ createdAt }) => createdAt + clockOffset));
}
