// A Chromium for the browser tests: one that is there, or one that can be installed.

import { existsSync } from "node:fs";
import { at } from "../lib/project.mjs";
import { ask, run } from "../lib/run.mjs";
import { Problem, progress } from "../lib/say.mjs";
import { canInstall, installPackages } from "./system-packages.mjs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium to test with; undefined when there is none. */
export async function findChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Problem(`CHROMIUM names ${chosen}, which is not there`);
  }
  return usual.find((path) => existsSync(path)) ?? (await playwrightsOwn());
}

async function playwrightsOwn() {
  if (!existsSync(at("node_modules", "playwright-core"))) return undefined;
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  // Playwright brings the browser but not the system's libraries: see that it starts.
  return existsSync(path) && ask(path, ["--version"]) ? path : undefined;
}

export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;

  for (const [what, install] of ways()) {
    progress(`no Chromium for the browser tests: ${what}`);
    try {
      await install();
    } catch (error) {
      progress(error.message);
    }
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new Problem(
    "the browser tests need Chromium: install it, or name one in the variable CHROMIUM",
  );
}

/** Playwright's download needs no rights; the system's package manager may need no download host. */
function* ways() {
  yield [
    "asking Playwright for one",
    () => run("npx", ["--no-install", "playwright-core", "install", "chromium"]),
  ];
  if (canInstall()) yield ["installing the system's package", () => installPackages("chromium")];
}
