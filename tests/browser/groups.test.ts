// Putting groups together, speaking to them, and looking back.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);

const NAMES = ["Grace", "Linus", "Alan", "Edsger"];

describe("groups", () => {
  let ada: Person;
  let guests: Person[];
  let host: Awaited<ReturnType<typeof gather>>["host"];
  let dialog: Locator;

  /** Who is in a room of the proposal. */
  const proposed = async (room: string): Promise<string[]> => {
    const names = dialog.getByRole("region", { name: room }).getByRole("listitem");
    return (await names.allInnerTexts()).map((text) => text.split("\n")[0]?.trim() ?? "").sort();
  };

  it("are proposed, changed by hand and applied", async () => {
    const session = await gather(server, people, "Groups", "Ada", ...NAMES);
    [ada, ...guests] = session.all as [Person, ...Person[]];
    host = session.host;
    await host({ type: "create_rooms", rooms: [{ name: "Blue" }, { name: "Red" }] });
    dialog = ada.dialog("Make groups");

    await ada.button("Groups…").press("Enter");
    await dialog.getByLabel("Grace").check();
    await dialog.getByLabel("Linus").check();
    await dialog.getByRole("button", { name: "Keep together" }).press("Enter");
    await dialog.getByText("Together: Grace, Linus").waitFor();
    await dialog.getByRole("button", { name: "Propose", exact: true }).press("Enter");
    await dialog.getByText("Nobody meets anybody again.").waitFor();
    const rooms = [await proposed("Blue"), await proposed("Red")];
    assert.deepEqual(
      rooms.map((room) => room.length),
      [2, 2],
    );
    assert.ok(
      rooms.some((room) => room.join() === "Grace,Linus"),
      "they stay together",
    );
    await isAccessible(ada, "a proposal");
    await ada.onPhone(() => isAccessible(ada, "phone proposal"));

    const to = rooms[0]?.includes("Grace") ? "Red" : "Blue";
    const move = dialog.getByRole("button", { name: "Move Grace" });
    await move.press("Enter");
    const choice = ada.dialog("Which room for Grace?");
    await isAccessible(ada, "a room for somebody in a proposal");
    await choice.getByRole("button", { name: to, exact: true }).press("Enter");
    await dialog.getByText("You have changed this since.").waitFor();
    assert.ok((await proposed(to)).includes("Grace"));
    await ada.isTold(`Grace: ${to}.`);
    await move.and(ada.page.locator(":focus")).waitFor();
    assert.ok(await dialog.isVisible(), "what was proposed is still being looked at");

    const linus = dialog.getByRole("listitem").filter({ hasText: "Linus" }).last();
    await linus.dragTo(dialog.getByRole("region", { name: "No room" }));
    await ada.isTold("Linus: No room.");
    assert.deepEqual(await proposed("No room"), ["Linus"]);
    await linus.dragTo(dialog.getByRole("region", { name: to }));
    await ada.isTold(`Linus: ${to}.`);
    assert.ok((await proposed(to)).includes("Linus"));
    assert.equal(
      await ada
        .person("Linus")
        .getByText(/^Assigned/)
        .count(),
      0,
    );

    await dialog.getByRole("button", { name: "Apply" }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await ada.person("Linus").getByText(`Assigned to ${to}`).waitFor();
    await ada.person("Grace").getByText(`Assigned to ${to}`).waitFor();
    assert.equal(await ada.page.evaluate(() => document.activeElement?.textContent), "Groups…");
    await ada.button("Open all rooms").click();
    await guests[0]?.isIn(to);
  });

  it("are not applied over what another host did meanwhile", async () => {
    const page = ada.page;
    await page.getByRole("button", { name: "Recall everyone" }).click();
    await host({ type: "close_rooms", countdownMs: 0 });
    await ada.room("Blue").getByText("Closed").waitFor();
    await ada.button("Groups…").click();
    await dialog.getByRole("button", { name: "Propose", exact: true }).click();
    await dialog.getByText(/meets? again|meets anybody/).waitFor();
    const participantId = (await guests[2]?.id()) ?? "";
    await host({ type: "assign", assignments: [{ participantId, roomId: null }] });
    await dialog.getByRole("button", { name: "Apply" }).click();
    await dialog
      .getByRole("alert")
      .getByText(/Nothing was applied/)
      .waitFor();
    await isAccessible(ada, "a stale proposal");
    await dialog.getByRole("button", { name: "Apply" }).click();
    await dialog.waitFor({ state: "detached" });
    await ada.button("Open all rooms").click();
    await page.getByText("Round 2").waitFor();
  });

  it("can follow what people wrote about themselves", async () => {
    await ada.button("Groups…").click();
    await dialog.getByLabel("How").selectOption("alike");
    await dialog.getByLabel("By", { exact: true }).selectOption("texts");
    await dialog.getByRole("button", { name: "Propose", exact: true }).click();
    await dialog.getByText(/What people wrote was compared/).waitFor();
    await ada.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("are spoken to, all or some", async () => {
    await ada.button("Message to all…").press("Enter");
    const message = ada.dialog("Message to rooms");
    await message.getByLabel("Message").fill("Ten minutes left.");
    await message.getByRole("button", { name: "Send to everyone" }).press("Enter");
    const sent = message.getByRole("region", { name: "Sent before" }).getByRole("listitem");
    await sent.filter({ hasText: "Ten minutes left." }).waitFor();
    await message.getByLabel("Blue").check();
    await message.getByLabel("Message").fill("Blue, please speak up.");
    await message.getByRole("button", { name: "Send to 1 room" }).press("Enter");
    await sent
      .filter({ hasText: "Blue, please speak up." })
      .getByText(/to Blue$/)
      .waitFor();
    await sent
      .filter({ hasText: "Ten minutes left." })
      .getByText(/to everyone$/)
      .waitFor();
    await isAccessible(ada, "messages to rooms");
    await ada.page.keyboard.press("Escape");

    for (const person of guests) {
      const isInBlue = await person.room("Blue").getByText("You are here").isVisible();
      if (isInBlue) await person.hears("Blue, please speak up.");
      await person.page.getByRole("button", { name: /^Main/ }).first().click();
      await person.hears("Ten minutes left.");
      await person.message("Ten minutes left.").getByText("To everyone").waitFor();
      assert.equal(await person.message("speak up").count(), 0, "main has nothing of Blue's");
    }
  });

  it("can be watched without reading along, and read when need be", async () => {
    await ada.page.getByText("Activity", { exact: true }).click();
    const blue = ada.page
      .getByRole("list", { name: /^Activity/ })
      .getByRole("listitem")
      .filter({ hasText: "Blue" });
    await blue.getByText("2 of 2 assigned here").waitFor();
    await blue.getByText(/^0\.2 messages a minute/).waitFor();
    await isAccessible(ada, "activity");
    await ada.button("Read what was said in Blue").click();
    await ada.dialog("Said in Blue").getByText("Blue, please speak up.").waitFor();
    await isAccessible(ada, "reading a room");
    await ada.page.keyboard.press("Escape");
  });

  it("change places", async () => {
    const [grace] = guests;
    const from = (await grace?.room("Blue").getByText("You are here").isVisible()) ? "Blue" : "Red";
    const to = from === "Blue" ? "Red" : "Blue";
    const other = guests.find((person) => person !== grace);
    let partner = other;
    for (const person of guests) {
      if (await person.room(to).getByText("You are here").isVisible()) partner = person;
    }
    await ada.manage("Grace");
    await ada.choose(ada.person("Grace"), "Swap with", partner?.name ?? "");
    await Promise.all([grace?.isIn(to), partner?.isIn(from)]);
  });

  it("are looked back at", async () => {
    await ada.button("Debrief…").press("Enter");
    const debrief = ada.dialog("Debrief");
    await debrief.getByRole("heading", { name: /^Round 2/ }).waitFor();
    await debrief
      .getByRole("row", { name: /^Grace (Blue|Red) 2/ })
      .first()
      .waitFor();
    await isAccessible(ada, "a debrief");
    await ada.onPhone(() => isAccessible(ada, "phone debrief"));
    const [file] = await Promise.all([
      ada.page.waitForEvent("download"),
      debrief.getByRole("button", { name: "Download visits (CSV)" }).press("Enter"),
    ]);
    assert.match(file.suggestedFilename(), /-debrief\.csv$/);
    const [all] = await Promise.all([
      ada.page.waitForEvent("download"),
      debrief.getByRole("button", { name: "Download everything (JSON)" }).press("Enter"),
    ]);
    assert.match(all.suggestedFilename(), /-debrief\.json$/);
    assert.deepEqual(
      [ada, ...guests].flatMap(({ complaints }) => complaints),
      [],
    );
  });
});
