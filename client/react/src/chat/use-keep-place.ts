import { type RefObject, useLayoutEffect, useRef } from "react";

/** This near to the end counts as reading along. Pixels. */
const NEAR_PX = 80;

/**
 * Keeps a list at its end while the person is there, and where they read when something is put in front.
 *
 * `first` changes when something is put in front, `last` when something comes at the end.
 */
export function useKeepPlace(
  list: RefObject<HTMLElement | null>,
  first: number | undefined,
  last: string,
): void {
  const before = useRef({ first, height: 0, wasAtEnd: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `last` says that there is something to follow
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { wasAtEnd, height } = before.current;
    const isInFront = before.current.first !== undefined && first !== before.current.first;
    if (wasAtEnd) element.scrollTop = element.scrollHeight;
    else if (isInFront) element.scrollTop += element.scrollHeight - height;
    before.current = { ...before.current, first, height: element.scrollHeight };
  }, [list, first, last]);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const note = () => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      before.current.wasAtEnd = left < NEAR_PX;
    };
    element.addEventListener("scroll", note, { passive: true });
    return () => element.removeEventListener("scroll", note);
  }, [list]);
}
