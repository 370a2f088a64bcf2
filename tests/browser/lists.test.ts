// What is prepared beforehand: lists from a spreadsheet, templates, and a session in which names are chosen.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);

const LIST = `name,room
Grace,Blue
linus@example.org,Red
Grace,Red
,Blue
`;

describe("a list", () => {
  let ada: Person;
  let grace: Person;

  it("is read, with what is wrong in it, and applied", async () => {
    [ada, grace] = (await gather(server, people, "Lists", "Ada", "Grace")).all;
    await ada.createRoom("Blue");
    await ada.button("Lists…").press("Enter");
    const dialog = ada.dialog("Lists");
    await dialog.getByLabel("A file (CSV)").setInputFiles({
      name: "people.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(LIST),
    });
    await dialog.getByRole("button", { name: "Read the list" }).click();
    const report = dialog.getByRole("region", { name: "What the list says" });
    await report.getByText(/1 new room \(Red\)/).waitFor();
    await report.getByText(/^2 lines could not be read/).waitFor();
    await isAccessible(ada, "a list");
    await ada.onPhone(() => isAccessible(ada, "phone list"));
    await report.getByRole("button", { name: "Apply the list" }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await grace.isIn("Blue");
    await ada.room("Red").waitFor();
    await ada.button("Guests…").click();
    await ada.dialog("Guests expected").getByText("linus@example.org").waitFor();
    await ada.page.keyboard.press("Escape");

    await ada.button("Lists…").click();
    const [file] = await Promise.all([
      ada.page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download assignments (CSV)" }).click(),
    ]);
    assert.match(file.suggestedFilename(), /-assignments\.csv$/);
    await ada.page.keyboard.press("Escape");
  });

  it("of rooms is kept as a template, and used elsewhere", async () => {
    await ada.button("Templates…").press("Enter");
    const templates = ada.dialog("Templates");
    await templates.getByLabel("Save these rooms as").fill("Two colours");
    await templates.getByRole("button", { name: "Save" }).press("Enter");
    const saved = templates.getByRole("listitem").filter({ hasText: "Two colours" });
    await saved.getByText("Blue, Red").waitFor();
    await isAccessible(ada, "templates");

    await ada.page.goto("/");
    await ada.page.getByLabel("Session title").fill("Next week");
    await ada.page.getByLabel(/^Anonymous/).check();
    await ada.button("Start session").click();
    await ada.connected();
    await ada.page.getByText(/^Anonymous session/).waitFor();
    await ada.button("Templates…").click();
    await templates.getByRole("button", { name: "Use Two colours" }).press("Enter");
    await ada.room("Blue").getByText("Being prepared").waitFor();
    await ada.room("Red").waitFor();

    await ada.button("Templates…").click();
    await templates.getByRole("button", { name: "Delete Two colours" }).press("Enter");
    await templates.getByText("You have no templates yet.").waitFor();
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});
