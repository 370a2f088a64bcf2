import type { Message } from "@flagship/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import {
  type BroadcastMemory,
  dismiss,
  keepBroadcasts,
  openBroadcasts,
  readBroadcasts,
  standing,
} from "./open-broadcasts.ts";

interface OpenBroadcasts {
  /** Newest first. */
  open: readonly Message[];
  /** Whether a broadcast has come since this page was opened. */
  isNew(message: Message): boolean;
  dismiss(message: Message): void;
}

/** The broadcasts that are shown until the person dismisses them, also after a reload. */
export function useOpenBroadcasts(): OpenBroadcasts {
  const session = useSession();
  const messages = useSessionState((state) => state.messages);
  const participants = useSessionState((state) => state.participants);
  const selfId = useSessionState((state) => state.selfId);
  const key = `flagship.broadcasts.${session.id}.${selfId}`;
  const [held, setHeld] = useState(() => ({ key, memory: readBroadcasts(key) }));
  const memory = held.key === key ? held.memory : readBroadcasts(key);
  const { dismissed } = memory;
  const open = useMemo(
    () => openBroadcasts({ messages, participants, selfId }, dismissed),
    [messages, participants, selfId, dismissed],
  );

  const keep = useCallback(
    (change: (memory: BroadcastMemory) => BroadcastMemory) =>
      setHeld((held) => {
        const before = held.key === key ? held.memory : readBroadcasts(key);
        const after = change(before);
        if (after === before && held.key === key) return held;
        keepBroadcasts(key, after);
        return { key, memory: after };
      }),
    [key],
  );

  // Broadcasts that were shown before a reload may be further back than the snapshot.
  const before = useRef(memory.open);
  useEffect(() => {
    for (const { id, roomId } of before.current) {
      const items = session.store.getState().messages[roomId]?.items;
      // A broadcast that cannot be loaded is not shown.
      if (items && !items.some((message) => message.id === id)) {
        session.loadBackTo(roomId, id).catch(() => {});
      }
    }
  }, [session]);
  useEffect(() => keep((memory) => standing(memory, open)), [keep, open]);

  return {
    open,
    isNew: ({ id }) => !before.current.some((broadcast) => broadcast.id === id),
    dismiss: ({ id }) => keep((memory) => dismiss(memory, id)),
  };
}
