// Draws the app's icons from client/app/public/flag.svg: `npm run icons`. They are committed; only a change of
// the flag needs this.

import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { at } from "./lib/project.mjs";
import { line, main } from "./lib/say.mjs";
import { ensureChromium } from "./setup/chromium.mjs";

/** The share of a maskable icon's width that any mask leaves. */
const SAFE = 0.72;

const icons = [
  { name: "192", size: 192, share: 1, ground: "transparent" },
  { name: "512", size: 512, share: 1, ground: "transparent" },
  { name: "maskable-512", size: 512, share: SAFE, ground: "#12355b" },
  // Apple's rounds its corners itself, and takes no transparency.
  { name: "apple-180", size: 180, share: 0.86, ground: "#12355b" },
];

await main(async () => {
  const flag = readFileSync(at("client", "app", "public", "flag.svg"), "utf8");
  const folder = at("client", "app", "public", "icons");
  mkdirSync(folder, { recursive: true });
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  for (const { name, size, share, ground } of icons) {
    const width = Math.round(size * share);
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}
       svg{width:${width}px;height:${width}px;display:block}</style>${flag}`,
    );
    await page.screenshot({ path: `${folder}/${name}.png`, omitBackground: true });
    line(`${name}.png`);
  }
  await browser.close();
});
