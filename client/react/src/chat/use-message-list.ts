import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { measureShown, observeShownOffset, observeShownRect } from "../shared/observe-shown.ts";
import type { Row } from "./rows.ts";
import { useFocusedRow } from "./use-focused-row.ts";
import { NEAR_PX, useStickToEnd } from "./use-stick-to-end.ts";

/** Room above the first message, for what stands there. Pixels; `.flagship-older-bar` is as high. */
export const ABOVE_PX = 56;

/** Rows kept ready on either side of what is in sight. */
const OVERSCAN = 10;

export type MessageVirtualizer = Virtualizer<HTMLDivElement, HTMLLIElement>;

interface ShownList {
  list: RefObject<HTMLDivElement | null>;
  virtualizer: MessageVirtualizer;
  isAtEnd: boolean;
  focused: ReturnType<typeof useFocusedRow>;
}

/**
 * The rows that are worth having on the page. The list opens at the first unread message, else at its end; it follows
 * the end while the reader is there, and keeps their place when older messages are put in front.
 */
export function useMessageList(rows: readonly Row[]): ShownList {
  const list = useRef<HTMLDivElement>(null);
  const focused = useFocusedRow(list, rows);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => estimate(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: OVERSCAN,
    paddingStart: ABOVE_PX,
    paddingEnd: 8,
    observeElementRect: observeShownRect,
    observeElementOffset: observeShownOffset,
    measureElement: measureShown,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_PX,
    // What has the focus stays on the page wherever one scrolls, or the focus would be lost.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const { index } = focused;
      if (index < 0 || index >= rows.length || shown.includes(index)) return shown;
      return [...shown, index].sort((a, b) => a - b);
    },
  });
  useSteadyHead(rows, virtualizer);
  const isAtEnd = useStickToEnd(list, virtualizer);

  const [hasBegun, setHasBegun] = useState(false);
  const isReady = rows.length > 0;
  useLayoutEffect(() => {
    if (hasBegun || !isReady) return;
    const unread = rows.findIndex((row) => row.isFirstUnread);
    if (unread >= 0) virtualizer.scrollToIndex(unread, { align: "start" });
    else virtualizer.scrollToEnd();
    setHasBegun(true);
  }, [hasBegun, isReady, rows, virtualizer]);

  return { list, virtualizer, isAtEnd, focused };
}

/**
 * Holds the words of the row that was the first when a page comes before it. Its name and its day go to another row,
 * and what stands between it and the upper edge turns out higher or lower than estimated: the words would jump.
 */
function useSteadyHead(rows: readonly Row[], virtualizer: MessageVirtualizer): void {
  const first = rows[0]?.key;
  const held = useRef(first);
  // While rendering, as the list's own options are set: rows are measured as soon as they are put on the page, which
  // is before any effect.
  if (held.current !== first) {
    const before = held.current;
    const place = before === undefined ? -1 : rows.findIndex(({ key }) => key === before);
    held.current = first;
    if (place > 0) {
      virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ index }) => index <= place;
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new first row begins this again
  useLayoutEffect(() => {
    const end = () => {
      virtualizer.shouldAdjustScrollPositionOnItemSizeChange = undefined;
    };
    // All is measured before the next frame is shown; after that the reader may be anywhere.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(end);
    });
    return () => cancelAnimationFrame(frame);
  }, [first, virtualizer]);
}

/** Near enough for the scroll bar; each row is measured once it is on the page. Pixels. */
function estimate(row: Row | undefined): number {
  if (!row) return 28;
  const lines = Math.max(1, Math.ceil(row.message.content.length / 70));
  const parts = [row.isNewDay, row.isAfterGap, row.opening !== undefined].filter(Boolean);
  return lines * 24 + (row.isContinued ? 4 : 40) + parts.length * 40;
}
