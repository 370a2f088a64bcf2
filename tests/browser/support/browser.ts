// One Chromium for all tests of a file, and people in it who share nothing.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from "playwright-core";
import { root } from "../../../scripts/lib/project.mjs";
import { Person } from "./person.ts";

/** How long anything on a page may take. Milliseconds: a restart of the service included. */
const DEADLINE_MS = 30_000;

/** Where pictures go. Not kept under version control. */
const pictures = join(root, "test-results");

export interface Options extends BrowserContextOptions {
  /** Whether there is a service worker. */
  isInstalled?: boolean;
}

export class People {
  readonly #browser: Browser;
  readonly #url: string;

  constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  /** Somebody with a browser window of their own, at a path of the service. */
  async open(name: string, path = "/", options: Options = {}): Promise<Person> {
    const { isInstalled = false, ...more } = options;
    const context = await this.#browser.newContext({
      baseURL: this.#url,
      viewport: { width: 1280, height: 800 },
      colorScheme: "light",
      reducedMotion: "reduce",
      ...more,
    });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: this.#url });
    context.setDefaultTimeout(DEADLINE_MS);
    // It keeps files, and hides requests from those that answer them in place of the service.
    if (!isInstalled) await context.addInitScript("delete Navigator.prototype.serviceWorker");
    const person = new Person(name, await context.newPage(), pictures);
    await person.page.goto(path);
    return person;
  }
}

/** The context that somebody's page is in. */
export const contextOf = ({ page }: Person): BrowserContext => page.context();

/** Starts Chromium: the one that CHROMIUM names. */
export async function startBrowser(url: string): Promise<People> {
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  after(() => browser.close());
  return new People(browser, url);
}
