import { type RefObject, useEffect, useRef } from "react";

/** This near to the beginning the page before it is fetched. Pixels: about what one scrolls while it comes. */
const NEAR_PX = 240;

/** Fetches older messages as the reader comes near to the first. Only while they scroll up: a short list asks for nothing. */
export function useAutomaticOlder(
  list: RefObject<HTMLElement | null>,
  isWanted: boolean,
  load: () => unknown,
): void {
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });

  useEffect(() => {
    const element = list.current;
    if (!element || !isWanted) return;
    let before = element.scrollTop;
    const look = () => {
      const isUp = element.scrollTop < before;
      before = element.scrollTop;
      if (isUp && element.scrollTop < NEAR_PX) void latest.current();
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [list, isWanted]);
}

/**
 * Fetches older messages once where nothing is shown, though something was said before: by somebody who has come back,
 * or before they came, which the page says.
 */
export function useSomething(isWanted: boolean, load: () => unknown): void {
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    if (isWanted) void latest.current();
  }, [isWanted]);
}
