// The page in another language and direction, and in other colours.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seriousIn } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);

const root = "document.documentElement";

describe("the language", () => {
  it("is the browser's, where there are words for it", async () => {
    const { page } = await people.open("Ada", "/", { locale: "de-AT" });
    await page.getByRole("heading", { name: "Sitzung starten" }).waitFor();
    assert.equal(await page.evaluate(`${root}.lang`), "de");
    assert.equal(await page.evaluate(`${root}.dir`), "ltr");
  });

  it("is English, where there are none", async () => {
    const { page } = await people.open("Ada", "/", { locale: "fr-FR" });
    await page.getByRole("heading", { name: "Start a session" }).waitFor();
    assert.equal(await page.evaluate(`${root}.lang`), "en");
  });

  it("can be chosen, turns the page around, and is remembered", async () => {
    const ada = await people.open("Ada");
    await ada.startSession("Spring planning");
    const { page } = ada;
    const rooms = page.getByRole("region", { name: "Rooms" });
    const before = await rooms.boundingBox();
    await ada.button("Settings").click();
    await ada.dialog("Settings").getByLabel("Language").selectOption("العربية");
    await page.getByRole("dialog", { name: "الإعدادات" }).waitFor();
    await page.keyboard.press("Escape");
    const turned = page.getByRole("region", { name: "الغرف" });
    await turned.waitFor();
    assert.equal(await page.evaluate(`${root}.dir`), "rtl");
    const after = await turned.boundingBox();
    assert.ok(
      before && after && before.x === 0 && after.x + after.width === 1280,
      "rooms begin it",
    );
    // What somebody wrote is as they wrote it, set apart from the words around it.
    await page.getByRole("heading", { name: "Spring planning" }).waitFor();
    assert.deepEqual(await seriousIn(page), []);

    await page.reload();
    await page.getByRole("banner").getByText("متصل", { exact: true }).waitFor();
    assert.deepEqual(ada.complaints, []);
  });
});

describe("the colours", () => {
  const ground = "getComputedStyle(document.body).backgroundColor";

  it("are the device's, or those that one chooses", async () => {
    const { page } = await people.open("Ada", "/", { colorScheme: "light" });
    await page.getByRole("heading", { name: "Start a session" }).waitFor();
    const light = await page.evaluate(ground);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await page.evaluate(ground);
    assert.notEqual(light, dark);

    const choose = async (colours: string) => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByLabel("Colours").selectOption(colours);
      await page.keyboard.press("Escape");
    };
    await choose("Light");
    assert.equal(await page.evaluate(ground), light);
    await page.reload();
    await page.getByRole("heading", { name: "Start a session" }).waitFor();
    assert.equal(await page.evaluate(ground), light, "remembered");
    await choose("As the device");
    assert.equal(await page.evaluate(ground), dark);
  });
});
