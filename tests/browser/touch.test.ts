// On a phone, with fingers: what is a tap away has to be seen, and large enough to be hit.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator, Page } from "playwright-core";
import { isAccessible } from "./support/axe.ts";
import { contextOf, startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What a finger hits without its neighbour. CSS pixels, as WCAG 2.2 has it (2.5.8). */
const FINGER_PX = 24;

const ada = await people.open("Ada", "/", phone);
const { page } = ada;

/** Shows a part of the page. */
const turnTo = (person: Person, part: RegExp) =>
  person.page
    .getByRole("navigation", { name: "Parts of the session" })
    .getByRole("button", { name: part })
    .tap();

/** Draws a finger down over something, from its upper part to its lower, some times. */
async function swipeDown(of: Page, over: Locator, times: number): Promise<void> {
  const box = await over.boundingBox();
  assert.ok(box);
  const session = await of.context().newCDPSession(of);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: y === undefined ? [] : [{ x: box.x + box.width / 2, y }],
    });
  for (let time = 0; time < times; time += 1) {
    await touch("touchStart", box.y + 40);
    for (let y = 60; y < box.height - 40; y += 20) await touch("touchMove", box.y + y);
    await touch("touchEnd");
    // What was flung goes on for a while, and would go on under the next tap.
    await over.evaluate(atRest);
  }
  await session.detach();
}

/** Waits until nothing around an element has scrolled for some frames. */
async function atRest(element: Element): Promise<void> {
  const place = () => {
    const tops = [];
    for (let at: Element | null = element; at; at = at.parentElement) tops.push(at.scrollTop);
    return tops.join();
  };
  for (let [still, before] = [0, place()]; still < 20; ) {
    await new Promise(requestAnimationFrame);
    const now = place();
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

/** Everything to be tapped that is smaller than a finger. */
async function tooSmall({ page: of }: Person): Promise<string[]> {
  return of.evaluate((least) => {
    const found = document.querySelectorAll("button, summary, select, input, a.button");
    return [...found].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 0 && height > 0 && getComputedStyle(element).opacity !== "0";
      const isSmall = isSeen && Math.min(width, height) < least;
      // A box to be ticked is as large as its label.
      const label = element.closest("label")?.getBoundingClientRect();
      if (!isSmall || (label && label.height >= least)) return [];
      return [`${element.textContent || element.tagName}: ${width} × ${height}`];
    });
  }, FINGER_PX);
}

describe("a host with a phone", () => {
  let grace: Person;

  it("starts a session, and makes rooms", async () => {
    await page.getByLabel("Your name").tap();
    await page.keyboard.type("Ada");
    await page.getByLabel("Session title").tap();
    await page.keyboard.type("On the way");
    await ada.button("Start session").tap();
    await ada.connected();
    await turnTo(ada, /^Rooms/);
    for (const name of ["Blue", "Red"]) {
      await page.getByLabel("New room").tap();
      await page.keyboard.type(name);
      await ada.button("Create room").tap();
      await ada.room(name).waitFor();
    }
    grace = await people.open("Grace", new URL(page.url()).pathname, phone);
    await grace.page.getByLabel("Your name").tap();
    await grace.page.keyboard.type("Grace");
    await grace.button("Enter").tap();
    await grace.connected();
  });

  it("puts somebody into a room with two taps", async () => {
    const chip = ada.room("Main").getByRole("listitem").filter({ hasText: "Grace" });
    await chip.getByRole("button", { name: "Move Grace" }).tap();
    const dialog = ada.dialog("Which room for Grace?");
    assert.deepEqual(await tooSmall(ada), []);
    await dialog.getByRole("button", { name: "Blue", exact: true }).tap();
    await ada.room("Blue").getByRole("listitem").filter({ hasText: "Grace" }).waitFor();
    await grace.page.getByRole("button", { name: "Blue", exact: true }).waitFor();
  });

  it("manages people from their list", async () => {
    await turnTo(ada, /^People/);
    await ada.person("Grace").getByText("Manage").tap();
    await ada.person("Grace").getByRole("button", { name: "Mute Grace" }).tap();
    await ada.person("Grace").getByText("Muted").waitFor();
    await ada.person("Grace").getByRole("button", { name: "Let speak: Grace" }).tap();
    assert.deepEqual(await tooSmall(ada), []);
    await isAccessible(ada, "people on a phone");
    await ada.person("Grace").getByText("Manage").tap();
  });

  it("talks: what can be done about a message is seen, and opens by a tap", async () => {
    await turnTo(grace, /^Chat/);
    const field = grace.page.getByRole("textbox", { name: "Message to Blue" });
    await field.tap();
    await grace.page.keyboard.type("Is anybody here?");
    await grace.button("Send").tap();
    await grace.hears("Is anybody here?");
    await turnTo(ada, /^Rooms/);
    await ada.page.getByRole("button", { name: "Join Blue" }).tap();
    await ada.room("Blue").getByText("You are here").waitFor();
    await turnTo(ada, /^Chat/);
    const message = ada.message("Is anybody here?");
    // It stands under the day, and what can be done about it on its own line.
    const day = await message.getByText("Today", { exact: true }).boundingBox();
    const more = await message.getByRole("button", { name: /^More for/ }).boundingBox();
    assert.ok(day && more && more.y >= day.y + day.height, "nothing is on the day's line");
    await message.tap();
    await message.getByRole("button", { name: "React" }).tap();
    assert.deepEqual(await tooSmall(ada), []);
    await page.getByRole("button", { name: "React with 👍" }).tap();
    await grace.page.getByRole("button", { name: /^👍 1, from Ada/ }).waitFor();
    await message.getByRole("button", { name: /^More for/ }).tap();
    await page.getByRole("menuitem", { name: "Reply" }).tap();
    await page.getByText("You are answering Grace: Is anybody here?").waitFor();
    await page.keyboard.type("I am.");
    await ada.button("Send").tap();
    await grace.hears("I am.");
    await grace
      .message("I am.")
      .getByRole("button", { name: /^In answer to Grace/ })
      .tap();
    assert.deepEqual(await tooSmall(grace), []);
  });

  it("reads back with a finger, and returns to what is new with a tap", async () => {
    for (let count = 1; count <= 30; count += 1) await grace.say(`Word ${count}`);
    await ada.hears("Word 30");
    const log = page.getByRole("log");
    await swipeDown(page, log, 1);
    await ada.button("Newest").tap();
    await ada.message("Word 30").waitFor();
    await swipeDown(page, log, 4);
    await ada.message("Is anybody here?").first().waitFor();
    await grace.say("And one more");
    await ada.button(/^1 new message$/).tap();
    await ada.message("And one more").waitFor();
  });

  it("writes to one person from their place in the list", async () => {
    await turnTo(ada, /^People/);
    await ada.page.getByRole("button", { name: "Message Grace alone" }).tap();
    await page.getByText("Only you and Grace can read this.").waitFor();
    await page.getByRole("textbox", { name: "Message to Grace alone" }).tap();
    await page.keyboard.type("A word with you");
    await ada.button("Send").tap();
    await grace.page.getByRole("button", { name: /^Direct: Ada/ }).tap();
    await grace.hears("A word with you");
  });

  it("searches, and opens everything at the top", async () => {
    await ada.button("Search").tap();
    await page.getByLabel("Words to look for").tap();
    await page.keyboard.type("anybody");
    await ada.dialog("Search messages").getByRole("button", { name: "Search" }).tap();
    const found = page.getByRole("list", { name: "Messages that were found" });
    await found.getByRole("button").tap();
    await ada.message("Is anybody here?").first().waitFor();
    for (const name of ["Share", "Status", "Settings"]) {
      await ada.button(name).tap();
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 390, "nothing is wider than the phone");
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
    await contextOf(grace).close();
  });
});
