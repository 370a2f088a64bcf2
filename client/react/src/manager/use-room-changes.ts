import { MAIN_ROOM, type Room, type SessionState, selectSelf } from "@flagship/core";
import { useEffect, useRef } from "react";
import { useSession } from "../session/context.tsx";

/** What a page wants to hear of the person at it. */
export interface RoomChanges {
  /** They are in a breakout room now, whoever or whatever brought them there. */
  onJoinRoom?: ((room: Room) => void) | undefined;
  /** They are no longer in it. */
  onLeaveRoom?: ((room: Room) => void) | undefined;
}

/**
 * Tells a page that the person went into a breakout room or left it: by themselves, as assigned, moved by a host, or
 * since it closed. Who comes back into a room by reconnecting never left it.
 */
export function useRoomChanges(changes: RoomChanges): void {
  const { store } = useSession();
  const newest = useRef(changes);
  useEffect(() => {
    newest.current = changes;
  });

  useEffect(() => {
    let before: Room | undefined;
    const look = () => {
      const state = store.getState();
      if (!state.session) return;
      const now = roomOfSelf(state);
      const left = before;
      before = now;
      if (now?.id === left?.id) return;
      if (left) newest.current.onLeaveRoom?.(left);
      if (now) newest.current.onJoinRoom?.(now);
    };
    look();
    return store.subscribe(look);
  }, [store]);
}

function roomOfSelf(state: SessionState): Room | undefined {
  const here = selectSelf(state)?.roomId;
  return here === MAIN_ROOM ? undefined : state.rooms.find(({ id }) => id === here);
}
