// Rounds as people see them: prepared, opened for a time, and over without a host.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { commandsOf } from "./support/api.ts";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { until } from "./support/until.ts";

const server = await startServer();
const people = await startBrowser(server.url);

const allRooms = (person: Person): Locator => person.page.getByRole("group", { name: "All rooms" });
const timer = (person: Person, room: string): Locator => person.room(room).getByRole("timer");
const banner = (person: Person): Locator =>
  person.page.getByRole("complementary", { name: "Your room closes" });
const isTold = (person: Person, words: string | RegExp): Promise<void> =>
  person.page.getByRole("status").getByText(words).first().waitFor({ state: "attached" });

const widthOf = ({ page }: Person): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth);
const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

describe("a round", () => {
  let ada: Person;
  let grace: Person;
  let linus: Person;
  let host: Awaited<ReturnType<typeof commandsOf>>;

  it("is prepared by the host", async () => {
    ada = await people.open("Ada");
    await ada.startSession("Rounds");
    host = await commandsOf(server, ada);
    const path = new URL(ada.page.url()).pathname;
    [grace, linus] = [await people.open("Grace", path), await people.open("Linus", path)];
    // Linus' device is an hour behind: what it shows must not be.
    await linus.page.addInitScript(() => {
      const { now } = Date;
      Date.now = () => now() - 3_600_000;
    });
    await linus.page.reload();
    for (const guest of [grace, linus]) await guest.enter();
    await ada.prepareRoom("Blue");
    await ada.prepareRoom("Red");
    await ada.assign("Grace", "Blue");
    await ada.assign("Linus", "Red");
    await ada.room("Blue").getByRole("list", { name: "Assigned: 1" }).getByText("Grace").waitFor();

    await grace.room("Blue").getByText("Your room").waitFor();
    await grace.room("Red").getByText("Being prepared").waitFor();
    assert.equal(await grace.page.getByRole("button", { name: "Join" }).count(), 0);
    assert.equal(await allRooms(grace).count(), 0, "the panel is the host's");
    await grace.isIn("Main");
    await isAccessible(ada, "rooms being prepared");
  });

  it("opens for a time and moves everyone who is assigned", async () => {
    await allRooms(ada).getByLabel("Minutes").fill("10");
    await allRooms(ada).getByLabel("Minutes").press("Enter");
    await Promise.all([grace.isIn("Blue"), linus.isIn("Red")]);
    await isTold(grace, "You are now in Blue.");
    await allRooms(ada).getByText("Round 1").waitFor();
    await ada.room("Blue").getByText("Grace").waitFor();
    for (const person of [ada, grace, linus]) {
      assert.match((await timer(person, "Blue").textContent()) ?? "", /^(10:00|09:\d\d)$/);
    }
    const before = await timer(grace, "Blue").textContent();
    await until("the time counts down", async () => {
      return (await timer(grace, "Blue").textContent()) !== before;
    });
  });

  it("goes on while the host reloads", async () => {
    await ada.page.reload();
    await ada.connected();
    await ada.room("Blue").getByText("Grace").waitFor();
    await allRooms(ada).getByText("Round 1").waitFor();
    assert.match((await timer(ada, "Red").textContent()) ?? "", /^(10:00|09:\d\d)$/);
    await grace.isIn("Blue");
  });

  it("shows the host a raised hand", async () => {
    const raise = grace.page.getByRole("button", { name: "Raise hand" });
    await raise.click();
    await ada.person("Grace").getByText("Hand raised").waitFor();
    await isTold(ada, "Grace raises their hand.");
    await grace.page.getByRole("button", { name: "Raise hand", pressed: true }).click();
    await ada.person("Grace").getByText("Hand raised").waitFor({ state: "detached" });
  });

  it("warns before its time is over", async () => {
    await Promise.all([
      host({ type: "set_timer", durationMs: 61_000 }),
      isTold(grace, "Blue begins to close in 1 minute."),
      isTold(ada, "Rooms begin to close in 1 minute."),
    ]);
  });

  it("counts down calmly, and goes on when it gets more time", async () => {
    await ada.page.getByText("How rooms work").click();
    const seconds = ada.page.getByLabel("Countdown (seconds)");
    await seconds.fill("300");
    await seconds.press("Enter");
    await ada.page.getByText("How rooms work").click();
    const close = allRooms(ada).getByRole("button", { name: "Close all rooms" });
    const countdown = banner(grace).getByText(/^Blue closes in 0[45]:\d\d$/);
    // What is only told goes away by itself: wait for it from the start.
    await Promise.all([
      isTold(grace, "Blue closes in 5 minutes."),
      isTold(ada, "Rooms close in 5 minutes."),
      countdown.waitFor(),
      close.press("Enter"),
    ]);
    await linus.room("Red").getByText("Closing").waitFor();
    assert.ok(await hasFocus(close), "the focus is where it was");
    assert.equal(await banner(ada).count(), 0, "the host is in no room that closes");

    await isAccessible(grace, "countdown");
    await isAccessible(ada, "countdown of the host");
    await grace.page.setViewportSize({ width: 360, height: 740 });
    await isAccessible(grace, "phone countdown");
    assert.equal(await widthOf(grace), 360, "nothing is wider than a phone");
    await grace.page.setViewportSize({ width: 1280, height: 800 });

    await allRooms(ada).getByRole("button", { name: "+5 minutes" }).press("Space");
    await banner(grace).waitFor({ state: "detached" });
    await grace.room("Blue").getByText("Open", { exact: true }).waitFor();
    await grace.isIn("Blue");
  });

  it("lets people choose and return only if the host wants it", async () => {
    await ada.page.getByText("How rooms work").click();
    await ada.page.getByLabel("Participants choose their room").uncheck();
    await ada.page.getByLabel("Participants may return to Main").uncheck();
    await grace.room("Blue").getByText("A host brings you back to Main.").waitFor();
    await ada.page.setViewportSize({ width: 360, height: 740 });
    await ada.page.getByRole("button", { name: "Rooms", exact: true }).click();
    await isAccessible(ada, "phone rooms of the host");
    assert.equal(await widthOf(ada), 360, "nothing is wider than a phone");
    await ada.page.setViewportSize({ width: 1280, height: 800 });

    for (const name of ["Join Red", "Leave Blue", "Return to Main"]) {
      const button = grace.page.getByRole("button", { name });
      await button.waitFor({ state: "detached" });
    }
    await allRooms(ada).getByRole("button", { name: "Recall everyone" }).click();
    await Promise.all([grace.isIn("Main"), linus.isIn("Main")]);
    assert.equal(await grace.page.getByRole("button", { name: "Join Red" }).count(), 0);
    await grace.join("Blue");
    await linus.join("Red");
  });

  it("ends by itself when no host is there", async () => {
    await host({ type: "update_session", countdownMs: 1_000 });
    await ada.page.close();
    await host({ type: "set_timer", durationMs: 1_000 });
    for (const guest of [grace, linus]) {
      await guest.isIn("Main");
      await guest.room("Blue").getByText("Closed").waitFor();
      await guest.room("Red").getByText("Closed").waitFor();
      await isTold(guest, "You are back in Main.");
    }
    assert.equal(await banner(grace).count(), 0);
  });

  it("takes in whoever comes late", async () => {
    const late = await commandsOf(server, linus);
    await late({ type: "leave_session" });
    await linus.page.getByRole("button", { name: "Try again" }).waitFor();
    await host({ type: "open_rooms" });
    await grace.isIn("Blue");
    await linus.page.getByRole("button", { name: "Try again" }).click();
    await linus.connected();
    await linus.isIn("Red");
  });

  it("made no page complain", () => {
    const complaints = [ada, grace, linus].flatMap((person) => person.complaints);
    assert.deepEqual(complaints, []);
  });
});
