import { type DirectMessage, directPosition, type OwnRead } from "@flagship/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { itemsOf, messagesWith, partnerOf } from "./conversations.ts";
import { unreadOf } from "./rows.ts";

/** How far somebody has read, by room: the `seq` of the last message that they have seen. */
export interface ReadMarks {
  /** `undefined` for a room of which nothing is known yet. */
  seenUpTo(roomId: string): number | undefined;
  /** Messages of others that have not been seen. */
  unread(roomId: string): number;
  /** Says that everything up to a message has been in sight. */
  see(roomId: string, seq: number): void;
}

type Seen = Readonly<Record<string, number>>;

/**
 * Keeps how far one has read, here or on another device. It survives a reload of the page; what was there when one
 * first came counts as seen.
 */
export function useReadMarks(): ReadMarks {
  const session = useSession();
  const messages = useSessionState((state) => state.messages);
  const own = useSessionState((state) => state.own);
  const selfId = useSessionState((state) => state.selfId);
  const key = `flagship.read.${session.id}.${selfId}`;
  const [seen, setSeen] = useState<{ key: string; marks: Seen }>(() => ({ key, marks: read(key) }));
  const ownRead = useSessionState((state) => state.ownRead);
  const here = seen.key === key ? seen.marks : read(key);
  // What was seen on another device is seen.
  const marks = useMemo(
    () => further(here, elsewhere(ownRead, own.directMessages ?? [])),
    [here, ownRead, own],
  );

  const keep = useCallback(
    (change: (held: Seen) => Seen) =>
      setSeen((held) => {
        const before = held.key === key ? held.marks : read(key);
        const after = change(before);
        if (after === before && held.key === key) return held;
        write(key, after);
        return { key, marks: after };
      }),
    [key],
  );

  useEffect(() => {
    keep((held) => {
      const begun = Object.entries(messages).filter(([roomId]) => held[roomId] === undefined);
      if (begun.length === 0) return held;
      const newest = begun.map(([roomId, { items }]) => [
        roomId,
        ownRead.rooms[roomId] ?? items.at(-1)?.seq ?? 0,
      ]);
      return { ...held, ...Object.fromEntries(newest) };
    });
  }, [messages, keep, ownRead]);

  const see = useCallback(
    (roomId: string, seq: number) =>
      keep((held) => (seq > (held[roomId] ?? -1) ? { ...held, [roomId]: seq } : held)),
    [keep],
  );

  return {
    seenUpTo: (roomId) => marks[roomId],
    unread: (roomId) => {
      // A conversation that begins while the page is open is new as a whole.
      const last = marks[roomId] ?? (partnerOf(roomId) === undefined ? undefined : 0);
      if (last === undefined) return 0;
      return unreadOf(itemsOf({ messages, own }, roomId), last, selfId);
    },
    see,
  };
}

/** What was read on whichever device, by conversation. */
function elsewhere({ rooms, direct }: OwnRead, messages: readonly DirectMessage[]): Seen {
  const talks = Object.entries(direct).flatMap(([partner, position]) => {
    const last = messagesWith(messages, partner).findLast(
      (message) => directPosition(message) <= position,
    );
    return last ? [[last.roomId, last.seq] as const] : [];
  });
  return { ...rooms, ...Object.fromEntries(talks) };
}

function further(marks: Seen, others: Seen): Seen {
  const more = Object.entries(others).filter(([id, seq]) => seq > (marks[id] ?? -1));
  return more.length === 0 ? marks : { ...marks, ...Object.fromEntries(more) };
}

function read(key: string): Seen {
  try {
    const held: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    if (typeof held !== "object" || held === null) return {};
    return Object.fromEntries(
      Object.entries(held).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
    );
  } catch {
    // No storage, or something in it that nobody here has written: everything counts as seen.
    return {};
  }
}

function write(key: string, marks: Seen): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(marks));
  } catch {
    // It is kept for as long as the page is open, then.
  }
}
