// Every screen and state of the gallery: accessible in both themes and both directions, and nothing of it refused by the
// page's security policy.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { serveGallery } from "../../scripts/gallery/serve.mjs";
import { allOfIt, show } from "../../scripts/gallery/show.mjs";
import { COLOURS, seriousIn } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import { until } from "./support/until.ts";

const gallery = await serveGallery();
after(() => gallery.close());
const people = await startBrowser(gallery.url);
const contents = await people.open("Grace");
const scenes = await contents.page.getByLabel("Scene").locator("option").allTextContents();
const { page, complaints } = await people.open("Ada", "/?scene=start");

/** When the gallery's sessions take place. */
const NOW = Date.UTC(2026, 2, 3, 9, 30);
await page.clock.setFixedTime(NOW);
await page.reload();

describe("every screen", () => {
  it("is there", () => assert.ok(scenes.length > 20));

  const shown = new Map<string, string>();
  for (const scene of scenes) {
    it(`is another one than those before it, and accessible: ${scene}`, async () => {
      await show(page, { scene, language: "en", theme: "light" });
      const text = await page.locator("body").innerText();
      assert.equal(shown.get(text), undefined, "what the scene is about is there");
      shown.set(text, scene);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      if (scene !== "start") assert.equal(height, 800, "only its parts scroll");
      assert.deepEqual(await seriousIn(page), [], "from left to right, in light");

      // Colours depend on no direction and the order of things on no theme: this is all there is.
      await show(page, { scene, language: "en", theme: "dark" });
      assert.deepEqual(await seriousIn(page, COLOURS), [], "in dark");
      await show(page, { scene, language: "ar", theme: "light" });
      assert.deepEqual(await seriousIn(page), [], "from right to left");
    });
  }

  it("is what it is on a page of its own, whatever was shown before it", async () => {
    for (const scene of ["start", "host", "direct", "search", "manager", "status-dialog"]) {
      await show(page, { scene, language: "en", theme: "light" });
      const afterOthers = await page.evaluate(everythingAtRest);
      await page.reload();
      await allOfIt(page);
      // What nobody waits for, such as the tools of a message, is fetched without a word.
      await until(`${scene} is the same`, async () => {
        return (await page.evaluate(everythingAtRest)) === afterOthers;
      });
    }
  });

  it("fits on a phone", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const scene of scenes) {
      for (const language of ["en", "de", "ar"]) {
        await show(page, { scene, language, theme: "light" });
        const panes = page.locator(".flagship-pane-switch button");
        for (let pane = 0; pane < Math.max(1, await panes.count()); pane += 1) {
          // A dialog is over them.
          if (pane > 0 && (await page.getByRole("dialog").count()) === 0) {
            await panes.nth(pane).click();
          }
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.equal(width, 360, `${scene} in ${language}, pane ${pane}`);
        }
      }
    }
  });

  it("shows a long list at once on a phone, and again as one has left it", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const buttons = page.locator(".flagship-pane-switch button");
    for (const [scene, part, button] of [
      ["hundred-rooms", "rooms", buttons.nth(1)],
      ["thousand-people", "people", buttons.nth(2)],
    ] as const) {
      await show(page, { scene, language: "en", theme: "light" });
      const list = page.locator(`.flagship-${part} .flagship-virtual`);
      await list.evaluate(noteFrames);
      await button.click();
      const begun = await list.evaluate(framesSince);
      assert.match(begun[0]?.[0] ?? "nobody", /^1 at /, `${part}, in the first frame`);

      await list.evaluate((element) => {
        const pane = element.closest(".flagship-pane");
        pane?.scrollTo(0, pane.scrollHeight / 2);
      });
      const left = (await list.evaluate(framesSince)).at(-1);
      assert.doesNotMatch(left?.[0] ?? "1 at", /^1 at /);
      await buttons.first().click();
      // A scroll is told of a little later: the list may be behind another by then.
      await list.evaluate((element) => {
        element.closest(".flagship-pane")?.dispatchEvent(new Event("scroll"));
      });
      await list.evaluate(noteFrames);
      await button.click();
      const back = await list.evaluate(framesSince);
      assert.deepEqual(new Set(back.map(String)), new Set([String(left)]), part);
    }
  });

  it("makes no page complain", () => assert.deepEqual(complaints, []));
});

/**
 * All that is on the page and kept for it, but for the numbers that React counts through, once it has been the same for
 * ten frames.
 */
async function everythingAtRest(): Promise<string> {
  let [held, frames] = ["", 0];
  while (frames < 10) {
    const { body, title, activeElement } = document;
    const kept = JSON.stringify({ ...sessionStorage, ...localStorage });
    const all = [title, body.outerHTML, activeElement?.outerHTML, kept].join("\n");
    const text = all.replace(/_r_\w+_/g, "");
    frames = text === held ? frames + 1 : 0;
    held = text;
    await new Promise(requestAnimationFrame);
  }
  return held;
}

/** Begins to note which rows of a list are in sight, and where, in each frame in which the list is shown. */
function noteFrames(list: Element): void {
  const frames: string[][] = [];
  Object.assign(list, { frames });
  const note = () => {
    if (!list.isConnected || Reflect.get(list, "frames") !== frames) return;
    requestAnimationFrame(note);
    if (list.getClientRects().length === 0) return;
    const edge = list.closest(".flagship-pane")?.getBoundingClientRect();
    const rows = [...list.querySelectorAll("[aria-posinset]")].flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const isInSight = edge && bottom > edge.top && top < edge.bottom;
      return isInSight ? `${row.ariaPosInSet} at ${top}` : [];
    });
    frames.push(rows);
  };
  requestAnimationFrame(note);
}

/** Waits until the last frames are all the same, for ten seconds at most. Gives all that were noted. */
async function framesSince(list: Element): Promise<string[][]> {
  const frames: string[][] = Reflect.get(list, "frames");
  for (;;) {
    await new Promise(requestAnimationFrame);
    const last = frames.slice(-10).map(String);
    if (last.length === 10 && last[0] !== "" && new Set(last).size === 1) return frames;
    if (frames.length > 600) return frames;
  }
}
