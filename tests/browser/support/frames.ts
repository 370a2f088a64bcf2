import type { Locator } from "playwright-core";

/** How a page did while something went on in it. */
export interface Smoothness {
  /** Time from one frame to the next: half are shorter, nearly all are shorter, the longest. Milliseconds. */
  p50: number;
  p95: number;
  max: number;
  frames: number;
  /** Tasks that held the page for more than 50 ms. */
  longTasks: number;
  /** The most elements on the page, and rows of the list, at any time. */
  elements: number;
  rows: number;
}

/**
 * Scrolls what is around a list from its beginning to its end, a good part of a screen in each frame, and back; and
 * measures. With `pixels` 0 nothing moves: what the machine does by itself.
 *
 * @param frames how many at most
 */
export function scrolling(list: Locator, pixels: number, frames: number): Promise<Smoothness> {
  return list.evaluate(
    async (element, { pixels, frames }) => {
      let pane: Element = element;
      while (pane.parentElement && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) {
        pane = pane.parentElement;
      }
      const frame = () => new Promise<number>(requestAnimationFrame);
      let longTasks = 0;
      const observer = new PerformanceObserver((tasks) => {
        longTasks += tasks.getEntries().length;
      });
      observer.observe({ type: "longtask" });
      pane.scrollTop = 0;
      await frame();
      let [before, step, elements, rows] = [await frame(), pixels, 0, 0];
      const times: number[] = [];
      for (let count = 0; count < frames; count += 1) {
        const at = pane.scrollTop;
        pane.scrollBy(0, step);
        const now = await frame();
        times.push(now - before);
        before = now;
        elements = Math.max(elements, document.querySelectorAll("*").length);
        rows = Math.max(rows, element.querySelectorAll(":scope > li").length);
        if (pane.scrollTop !== at) continue;
        if (step < 0) break;
        step = -step;
      }
      // Long tasks are told a little later.
      await frame();
      longTasks += observer.takeRecords().length;
      observer.disconnect();
      times.sort((a, b) => a - b);
      const at = (part: number) =>
        Math.round((times[Math.floor(times.length * part)] ?? 0) * 10) / 10;
      const max = Math.round((times.at(-1) ?? 0) * 10) / 10;
      return { p50: at(0.5), p95: at(0.95), max, frames: times.length, longTasks, elements, rows };
    },
    { pixels, frames },
  );
}
