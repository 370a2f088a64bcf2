// A host's whole story without a mouse, and what a screen reader is told meanwhile.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { startBrowser } from "./support/browser.ts";
import { startServer } from "./support/server.ts";
import { until } from "./support/until.ts";

const server = await startServer();
const people = await startBrowser(server.url);
const ada = await people.open("Ada");
const { page } = ada;
const { keyboard } = page;

/** The most steps to anything. */
const FAR = 150;

/** Goes to something with the tabulator. */
async function reach(what: Locator): Promise<void> {
  const focused = what.and(page.locator(":focus"));
  for (let step = 0; step < FAR; step += 1) {
    if ((await focused.count()) > 0) return;
    await keyboard.press("Tab");
  }
  throw new Error(`not reached by keyboard: ${what}`);
}

async function press(name: string): Promise<void> {
  const button = ada.button(name);
  await reach(button);
  // Dimmed while what was asked for before is under way: others may see that done sooner than who asked.
  await button.and(page.locator(":not([aria-disabled=true])")).waitFor();
  await keyboard.press("Enter");
}

describe("a host without a mouse", () => {
  it("starts a session", async () => {
    await reach(page.getByLabel("Your name"));
    await keyboard.type("Ada");
    await reach(page.getByLabel("Session title"));
    await keyboard.type("By keyboard");
    await keyboard.press("Enter");
    await ada.connected();
  });

  it("prepares rooms", async () => {
    for (const name of ["Blue", "Red"]) {
      await reach(page.getByLabel("New room"));
      await keyboard.type(name);
      const later = page.getByLabel("Open it later");
      await reach(later);
      if (!(await later.isChecked())) await keyboard.press("Space");
      await press("Create room");
      await ada.room(name).getByText("Being prepared").waitFor();
    }
  });

  const grace = people.open("Grace", "/");

  it("assigns somebody", async () => {
    await (await grace).page.goto(new URL(page.url()).pathname);
    await (await grace).enter();
    const person = ada.person("Grace");
    await reach(person.locator("summary"));
    await keyboard.press("Enter");
    await reach(person.getByLabel("Assignment"));
    await keyboard.type("Blue");
    const form = person.locator("form").filter({ has: page.getByLabel("Assignment") });
    await reach(form.getByRole("button", { name: "Apply" }));
    await keyboard.press("Enter");
    await person.getByText("Assigned to Blue").waitFor();
  });

  it("opens the rooms for a time", async () => {
    await reach(page.getByLabel("Minutes (empty for no timer)"));
    await keyboard.type("5");
    await press("Open all rooms");
    await (await grace).isIn("Blue");
  });

  it("hears nothing of the clock while it runs", async () => {
    // Everything that a live region would say aloud from now on.
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      const isLive = (node: Node) => {
        const element = node instanceof Element ? node : node.parentElement;
        const region = element?.closest("[aria-live], [role=status], [role=alert], [role=log]");
        return region && region.getAttribute("aria-live") !== "off";
      };
      new MutationObserver((records) => {
        for (const { target, addedNodes, type } of records) {
          if (isLive(target) && (type === "characterData" || addedNodes.length > 0)) {
            said.push(target.textContent ?? "");
          }
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const clock = ada.room("Blue").getByRole("timer");
    const seen = new Set<string>();
    await until("the clock has run for four seconds", async () => {
      seen.add((await clock.textContent()) ?? "");
      return seen.size > 4;
    });
    const said = await page.evaluate("said");
    assert.deepEqual(
      (said as string[]).filter((words) => /\d\d:\d\d/.test(words)),
      [],
    );
    for (const region of await page.getByRole("timer").all()) {
      assert.equal(await region.getAttribute("aria-live"), "off");
    }
  });

  it("says something to everyone, and is back where they were", async () => {
    await press("Message to all…");
    await reach(page.getByRole("dialog").getByLabel("Message"));
    await keyboard.type("Two more minutes");
    await press("Send to everyone");
    await ada.isTold("Said to everyone.");
    await keyboard.press("Escape");
    await ada.button("Message to all…").and(page.locator(":focus")).waitFor();
  });

  it("recalls everybody and closes the rooms", async () => {
    await press("Recall everyone");
    await (await grace).isIn("Main");
    await press("Close all rooms");
    await ada.room("Blue").getByText("Closing").waitFor();
  });

  it("looks back", async () => {
    await press("Debrief…");
    await ada
      .dialog("Debrief")
      .getByRole("heading", { name: /^Round 1/ })
      .waitFor();
    await keyboard.press("Escape");
    await ada.button("Debrief…").and(page.locator(":focus")).waitFor();
    assert.deepEqual(ada.complaints, []);
  });
});
