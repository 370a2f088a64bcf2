// Pictures of every screen of the gallery, in both themes, on a desk and on a phone, from left to right and from right
// to left: `npm run screenshots`, or `npm run screenshots host share` for some. They go to test-results/screens, with
// sheets of many to a page; the ones that docs/screens.md shows go to docs/screens.

import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serveGallery } from "./gallery/serve.mjs";
import { show } from "./gallery/show.mjs";
import { at } from "./lib/project.mjs";
import { line, main } from "./lib/say.mjs";
import { ensureChromium } from "./setup/chromium.mjs";

/** When the gallery's sessions take place. */
const NOW = Date.UTC(2026, 2, 3, 9, 30);

const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

const looks = [
  { language: "en", theme: "light" },
  { language: "en", theme: "dark" },
  { language: "ar", theme: "light" },
];

/** Scenes of which every pane is looked at on a phone. */
const paned = ["host", "participant", "hundred-rooms", "thousand-people"];

/** What is kept, and under which name. */
const kept = {
  "start-en-light-desk": "start",
  "host-en-light-desk": "host",
  "host-en-dark-desk": "host-dark",
  "host-ar-light-desk": "host-right-to-left",
  "participant-en-light-phone": "participant-phone",
  "share-en-light-desk": "share",
  "search-en-light-desk": "search",
  "status-dialog-en-dark-desk": "status",
  "ended-en-light-phone": "ended-phone",
  "locked-en-dark-phone": "locked-phone",
};

await main(async () => {
  const wanted = process.argv.slice(2);
  const folder = at("test-results", "screens");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const gallery = await serveGallery();
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const scenes = (await scenesOf(browser, gallery.url)).filter(
      (scene) => wanted.length === 0 || wanted.includes(scene),
    );
    for (const { language, theme } of looks) {
      for (const [size, viewport] of Object.entries(sizes)) {
        const look = `${language}-${theme}-${size}`;
        const context = await browser.newContext({
          viewport,
          colorScheme: theme,
          reducedMotion: "reduce",
          locale: language,
          timezoneId: "UTC",
        });
        const page = await context.newPage();
        await page.clock.setFixedTime(NOW);
        await page.goto(gallery.url);
        for (const scene of scenes) {
          await show(page, { scene, language, theme });
          await page.screenshot({ path: join(folder, `${scene}-${look}.png`) });
          if (size !== "phone" || !paned.includes(scene)) continue;
          // Where there is room for one only, the others are behind their buttons: chat, rooms, people.
          for (const [index, pane] of ["rooms", "people"].entries()) {
            await page
              .locator(".flagship-pane-switch button")
              .nth(index + 1)
              .click();
            await page
              .locator(
                pane === "rooms"
                  ? ".flagship-rooms .flagship-room"
                  : ".flagship-people .flagship-person",
              )
              .first()
              .waitFor();
            await page.screenshot({ path: join(folder, `${scene}-${pane}-${look}.png`) });
          }
        }
        await context.close();
        await sheet(browser, folder, look, scenes);
        line(look);
      }
    }
  } finally {
    await browser.close();
    gallery.close();
  }
  mkdirSync(at("docs", "screens"), { recursive: true });
  for (const [name, as] of Object.entries(kept)) {
    const scene = name.split(/-(?:en|ar)-/)[0];
    if (wanted.length > 0 && !wanted.includes(scene)) continue;
    copyFileSync(join(folder, `${name}.png`), at("docs", "screens", `${as}.png`));
  }
});

async function scenesOf(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const names = await page.getByLabel("Scene").locator("option").allTextContents();
  await page.close();
  return names;
}

/** Many small pictures in one, to be looked at together. */
async function sheet(browser, folder, look, scenes) {
  const isPhone = look.endsWith("phone");
  const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
  const names = scenes.flatMap((scene) =>
    isPhone && paned.includes(scene) ? [scene, `${scene}-rooms`, `${scene}-people`] : [scene],
  );
  const pictures = names.map((scene) => {
    const data = readFileSync(join(folder, `${scene}-${look}.png`)).toString("base64");
    return `<figure><figcaption>${scene}</figcaption><img src="data:image/png;base64,${data}"></figure>`;
  });
  const columns = isPhone ? 7 : 3;
  await page.setContent(
    `<style>body{display:grid;grid-template-columns:repeat(${columns},1fr);gap:8px;margin:8px;background:#888;font:16px sans-serif}
     figure{margin:0}img{width:100%;display:block}</style>${pictures.join("")}`,
  );
  await page.screenshot({ path: join(folder, `all-${look}.png`), fullPage: true });
  await page.close();
}
