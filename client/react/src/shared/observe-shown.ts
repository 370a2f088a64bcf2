import { observeElementOffset, observeElementRect } from "@tanstack/react-virtual";

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
