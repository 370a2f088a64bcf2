import { type RefObject, useEffect, useRef, useState } from "react";
import { isSettled, type Row } from "./rows.ts";
import type { MessageVirtualizer } from "./use-message-list.ts";

interface Sight {
  list: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  virtualizer: MessageVirtualizer;
  onSee?: (seq: number) => void;
  /** The page went out of sight with this as the last message seen: what comes now is new to the reader. */
  onReturn: (seq: number) => void;
}

/** How far the reader has got: the `seq` of the last message that was in sight, while the page was. */
export function useSight({ list, rows, virtualizer, onSee, onReturn }: Sight): number {
  const [seen, setSeen] = useState(0);
  const told = useRef(0);
  const last = lastInSight(list.current, rows, virtualizer);

  useEffect(() => {
    const look = () => {
      if (document.hidden) {
        if (told.current > 0) onReturn(told.current);
        return;
      }
      if (last <= told.current) return;
      told.current = last;
      setSeen(last);
      onSee?.(last);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [last, onSee, onReturn]);

  return seen;
}

/** A row counts once half of it is above the lower edge. */
function lastInSight(
  list: HTMLElement | null,
  rows: readonly Row[],
  virtualizer: MessageVirtualizer,
): number {
  if (!list || list.clientHeight === 0) return 0;
  const edge = (virtualizer.scrollOffset ?? 0) + list.clientHeight;
  const inSight = virtualizer
    .getVirtualItems()
    .filter(({ start, size }) => start + size / 2 <= edge)
    .flatMap(({ index }) => {
      const message = rows[index]?.message;
      return message && isSettled(message) ? message.seq : [];
    });
  return Math.max(0, ...inSight);
}
