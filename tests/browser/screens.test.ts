// Every screen and state of the gallery: accessible in both themes and both directions, and nothing of it refused by the
// page's security policy.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { serveGallery } from "../../scripts/gallery/serve.mjs";
import { seriousIn } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";

const gallery = await serveGallery();
after(() => gallery.close());
const people = await startBrowser(gallery.url);
const contents = await people.open("Grace");
const scenes = await contents.page.getByLabel("Scene").locator("option").allTextContents();
const { page, complaints } = await people.open("Ada", "/?scene=start");

/** When the gallery's sessions take place. */
const NOW = Date.UTC(2026, 2, 3, 9, 30);
await page.clock.setFixedTime(NOW);

async function show(look: { scene: string; language: string; theme: string }): Promise<void> {
  await page.goto(`/?${new URLSearchParams(look)}`);
  await page.locator("#root > *").first().waitFor();
  // What is fetched later belongs to the scene.
  await page.waitForFunction(() => document.querySelector("[data-coming]") === null);
}

/** Colours depend on no direction and the order of things on no theme: each with one of the other is all there is. */
const LOOKS = [
  { language: "en", theme: "light" },
  { language: "en", theme: "dark" },
  { language: "ar", theme: "light" },
];

describe("every screen", () => {
  it("is there", () => assert.ok(scenes.length > 20));

  for (const scene of scenes) {
    it(`is accessible: ${scene}`, async () => {
      for (const look of LOOKS) {
        await show({ scene, ...look });
        assert.deepEqual(await seriousIn(page), [], `${scene}, ${Object.values(look).join(", ")}`);
      }
    });
  }

  it("fits on a phone", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const scene of scenes) {
      for (const language of ["en", "de", "ar"]) {
        await show({ scene, language, theme: "light" });
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

  it("makes no page complain", () => assert.deepEqual(complaints, []));
});
