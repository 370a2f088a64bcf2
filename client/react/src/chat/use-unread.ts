import { useEffect, useState } from "react";
import { useSessionState } from "../session/context.tsx";

/** Counts what was said in a room since it was last shown. What was there when the page opened counts as seen. */
export function useUnread(shown: string): (roomId: string) => number {
  const messages = useSessionState((state) => state.messages);
  const [seen, setSeen] = useState<Readonly<Record<string, number>>>({});

  useEffect(() => {
    setSeen((held) => {
      const next = Object.fromEntries(
        Object.entries(messages).map(([roomId, { items }]) => {
          const newest = items.at(-1)?.seq ?? 0;
          return [roomId, roomId === shown ? newest : (held[roomId] ?? newest)];
        }),
      );
      const isSame = Object.entries(next).every(([roomId, seq]) => held[roomId] === seq);
      return isSame ? held : next;
    });
  }, [messages, shown]);

  return (roomId) => {
    const last = seen[roomId];
    if (roomId === shown || last === undefined) return 0;
    return (messages[roomId]?.items ?? []).filter(({ seq }) => seq > last).length;
  };
}
