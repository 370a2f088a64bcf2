// People are put into rooms: by dragging, and by the keyboard. It shows at once; a refusal undoes it.

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

const chip = (host: Person, room: string, name: string): Locator =>
  host.room(room).getByRole("listitem").filter({ hasText: name });

/** Drags somebody from one room's card to another's, as a mouse does. */
const drag = (host: Person, name: string, from: string, to: string): Promise<void> =>
  chip(host, from, name).dragTo(host.room(to).getByRole("heading", { name: to }));

/** The same by the dialog, wherever the rooms are on the page. */
async function put(host: Person, name: string, from: string, to: string): Promise<void> {
  await chip(host, from, name)
    .getByRole("button", { name: `Move ${name}` })
    .click();
  const dialog = host.dialog(`Which room for ${name}?`);
  await dialog.getByRole("button", { name: to, exact: true }).click();
}

const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

describe("putting people into rooms", () => {
  let ada: Person;
  let grace: Person;
  let linus: Person;

  it("is done by dragging them onto a room", async () => {
    ada = await people.open("Ada");
    await ada.startSession("Placement");
    const path = new URL(ada.page.url()).pathname;
    [grace, linus] = [await people.open("Grace", path), await people.open("Linus", path)];
    for (const guest of [grace, linus]) await guest.enter();
    await ada.createRoom("Blue");
    await ada.prepareRoom("Later");

    await drag(ada, "Grace", "Main", "Blue");
    await chip(ada, "Blue", "Grace").waitFor();
    await grace.isIn("Blue");
    await ada.isTold("Grace: Blue.");

    await drag(ada, "Linus", "Main", "Later");
    await ada.room("Later").getByRole("list", { name: "Assigned: 1" }).getByText("Linus").waitFor();
    await linus.isIn("Main");
    await isAccessible(ada, "people on rooms");
  });

  it("is done by keyboard as well", async () => {
    const move = chip(ada, "Blue", "Grace").getByRole("button", { name: "Move Grace" });
    await move.focus();
    await ada.page.keyboard.press("Enter");
    const dialog = ada.dialog("Which room for Grace?");
    await dialog.waitFor();
    const main = dialog.getByRole("button", { name: "Main", exact: true });
    for (let presses = 0; !(await hasFocus(main)); presses += 1) {
      assert.ok(presses < 10, "Tab reaches the room");
      await ada.page.keyboard.press("Tab");
    }
    await ada.page.keyboard.press("Enter");
    await grace.isIn("Main");
    await chip(ada, "Main", "Grace").waitFor();
    await dialog.waitFor({ state: "detached" });
  });

  it("is undone and explained when the server refuses", async () => {
    const host = await commandsOf(server, ada);
    await host({ type: "create_room", name: "Small", capacity: 1 });
    await ada.room("Small").waitFor();
    await put(ada, "Grace", "Main", "Small");
    await grace.isIn("Small");

    await put(ada, "Linus", "Main", "Small");
    await ada.page
      .getByRole("status")
      .getByText(/full|capacity|most/i)
      .first()
      .waitFor();
    await chip(ada, "Main", "Linus").waitFor();
    await until("nobody else is in the room", async () => {
      return (await chip(ada, "Small", "Linus").count()) === 0;
    });
    await linus.isIn("Main");
  });

  it("is not offered to those who may not", async () => {
    assert.equal(await grace.button(/^Move /).count(), 0);
  });

  it("made no page complain", () => {
    for (const person of [ada, grace, linus]) assert.deepEqual(person.complaints, []);
  });
});
