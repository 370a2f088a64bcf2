import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** This near to the end counts as reading along. Pixels. */
export const NEAR_PX = 80;

/**
 * Whether the reader is at the end of a list. While they are, they stay there when the list itself becomes smaller or
 * is shown again: a keyboard that comes up, a longer draft, another part of a narrow page.
 */
export function useStickToEnd(
  list: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, HTMLLIElement>,
): boolean {
  const [isAtEnd, setIsAtEnd] = useState(true);
  const held = useRef({ isAtEnd: true, height: 0 });

  useLayoutEffect(() => {
    held.current.isAtEnd = isAtEnd;
  }, [isAtEnd]);

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const note = () => {
      const { clientHeight, scrollHeight, scrollTop } = element;
      // A list that is not shown has no place; and a change of its size is no move of the reader.
      if (clientHeight === 0 || clientHeight !== held.current.height) return;
      setIsAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_PX);
    };
    const observer = new ResizeObserver(() => {
      const height = element.clientHeight;
      if (height === held.current.height) return;
      held.current.height = height;
      if (height > 0 && held.current.isAtEnd) virtualizer.scrollToEnd();
      note();
    });
    held.current.height = element.clientHeight;
    observer.observe(element);
    element.addEventListener("scroll", note, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", note);
    };
  }, [list, virtualizer]);

  return isAtEnd;
}
