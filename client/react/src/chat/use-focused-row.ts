import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Row } from "./rows.ts";

/** The message that the keyboard is at. */
export interface FocusedRow {
  /** Which of the rows; -1 for none. */
  index: number;
  /** Says that the focus came to a row. */
  take(key: string): void;
  /** Gives a row the focus, as soon as it is on the page: far from what is in sight, that takes a while. */
  seek(key: string): void;
}

/** Holds which row has, or had, the focus, by its key: rows come and go in front of it. */
export function useFocusedRow(
  list: RefObject<HTMLElement | null>,
  rows: readonly Row[],
): FocusedRow {
  const [key, setKey] = useState<string>();
  const index = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
  const sought = useRef<string>(undefined);
  const focus = () => {
    if (sought.current === undefined || rows[index]?.key !== sought.current) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (!row) return;
    sought.current = undefined;
    row.focus({ preventScroll: true });
  };
  useEffect(focus);
  const seek = (wanted: string) => {
    sought.current = wanted;
    setKey(wanted);
    focus();
  };
  return { index, take: setKey, seek };
}

/** Where a key leads from a row among so many; `undefined` for a key that leads nowhere. From no row, up leads to the last. */
export function rowAfter(event: KeyboardEvent, index: number, count: number): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || count === 0) return undefined;
  switch (event.key) {
    case "ArrowUp":
      return index < 0 ? count - 1 : Math.max(0, index - 1);
    case "ArrowDown":
      return index < 0 ? count - 1 : Math.min(count - 1, index + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
