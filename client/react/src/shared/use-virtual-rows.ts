import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type RefCallback,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { measureShown, observeShownOffset, observeShownRect } from "./observe-shown.ts";

/** Rows kept ready on either side of what is in sight. */
const OVERSCAN = 6;

/** What a row's `li` needs to be in its place, for the eye and for those who hear the list. */
export interface RowPlace {
  ref: RefCallback<HTMLLIElement>;
  style: CSSProperties;
  "data-index": number;
  "aria-setsize": number;
  "aria-posinset": number;
}

interface VirtualRows<T> {
  list: RefObject<HTMLUListElement | null>;
  /** How high the list is with all of its rows. */
  style: CSSProperties;
  rows: readonly { key: string; item: T; place: RowPlace }[];
}

/**
 * The rows of a long list that are worth having on the page: those near to what is in sight of the pane that scrolls,
 * and those in which something is open or has the focus, since what is written there must not be lost.
 *
 * A pane that is not shown, as on a phone behind another, keeps the rows and the sizes that it had, or what may be in
 * sight at first: it is there at once when it is shown, and in its place.
 *
 * @param keyOf stays the same between renders
 * @param estimate how high a row is before it was measured, in pixels
 * @param gap between two rows, in pixels
 */
export function useVirtualRows<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  estimate: number,
  gap: number,
): VirtualRows<T> {
  const list = useRef<HTMLUListElement>(null);
  const margin = useMargin(list);
  const virtualizer = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: items.length,
    getScrollElement: () => paneOf(list.current),
    estimateSize: () => estimate,
    getItemKey: useCallback(
      (index: number) => {
        const item = items[index];
        return item === undefined ? index : keyOf(item);
      },
      [items, keyOf],
    ),
    gap,
    overscan: OVERSCAN,
    scrollMargin: margin,
    observeElementRect: observeShownRect,
    observeElementOffset: observeShownOffset,
    measureElement: measureShown,
    // Until the pane is shown for the first time: no screen shows more.
    initialRect: { width: 0, height: window.innerHeight },
    rangeExtractor: (range) => {
      const shown = new Set(defaultRangeExtractor(range));
      for (const row of list.current?.querySelectorAll<HTMLElement>(IN_USE) ?? []) {
        const index = Number(row.dataset.index);
        if (index < items.length) shown.add(index);
      }
      return [...shown].sort((a, b) => a - b);
    },
  });

  return {
    list,
    style: { blockSize: virtualizer.getTotalSize() },
    rows: virtualizer.getVirtualItems().flatMap(({ index, key, start }) => {
      const item = items[index];
      if (item === undefined) return [];
      const place: RowPlace = {
        ref: virtualizer.measureElement,
        style: { transform: `translateY(${start - margin}px)` },
        "data-index": index,
        "aria-setsize": items.length,
        "aria-posinset": index + 1,
      };
      return { key: String(key), item, place };
    }),
  };
}

const IN_USE = "li[data-index]:is(:focus-within, :has(details[open]))";

/** What scrolls the list. */
function paneOf(list: HTMLElement | null): HTMLElement | null {
  return list?.closest<HTMLElement>(".flagship-pane, .flagship-dialog") ?? null;
}

/** How far below the beginning of its pane the list stands: what is above it comes, goes, and unfolds. Pixels. */
function useMargin(list: RefObject<HTMLElement | null>): number {
  const [margin, setMargin] = useState(0);

  useLayoutEffect(() => {
    const pane = paneOf(list.current);
    if (!pane) return;
    const measure = () => {
      if (!list.current || list.current.getClientRects().length === 0) return;
      const top = list.current.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      setMargin(Math.round(top + pane.scrollTop));
    };
    const sizes = new ResizeObserver(measure);
    const observe = () => {
      sizes.disconnect();
      sizes.observe(pane);
      for (const part of pane.children) if (part !== list.current) sizes.observe(part);
    };
    const parts = new MutationObserver(() => {
      observe();
      measure();
    });
    observe();
    measure();
    parts.observe(pane, { childList: true });
    return () => {
      sizes.disconnect();
      parts.disconnect();
    };
  }, [list]);

  return margin;
}
