import {
  measureElement,
  observeElementOffset,
  observeElementRect,
  type Virtualizer,
} from "@tanstack/react-virtual";

// A list may be hidden with its pane, as on a phone behind another: then nothing is of any size, and scrolled to its
// beginning. It is to come back as it was.

/** Tells how large the pane of a list is, while it is shown. */
export const observeShownRect: typeof observeElementRect = (instance, tell) =>
  observeElementRect(instance, (rect) => {
    if (rect.height > 0) tell(rect);
  });

/** Tells how far the pane of a list is scrolled, or was when it was last shown: a scroll is told of a little later. */
export const observeShownOffset: typeof observeElementOffset = (instance, tell) => {
  let shown = instance.scrollElement?.scrollTop ?? 0;
  return observeElementOffset(instance, (offset, isScrolling) => {
    if ((instance.scrollElement?.getClientRects().length ?? 0) > 0) shown = offset;
    tell(shown, isScrolling);
  });
};

/** How high a row is, or was when it was last shown. */
export function measureShown<List extends HTMLElement>(
  row: HTMLLIElement,
  entry: ResizeObserverEntry | undefined,
  rows: Virtualizer<List, HTMLLIElement>,
): number {
  if (row.getClientRects().length > 0) return measureElement(row, entry, rows);
  const index = rows.indexFromElement(row);
  return rows.itemSizeCache.get(rows.options.getItemKey(index)) ?? rows.options.estimateSize(index);
}
