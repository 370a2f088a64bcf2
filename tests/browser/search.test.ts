// Looking for what was said: by button and by keyboard, in every room that one may read, and going there.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { commandsOf } from "./support/api.ts";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);

/** More than is loaded at first, and some pages before that. */
const WORDS = 180;

describe("a search", () => {
  let ada: Person;
  let grace: Person;

  const results = ({ page }: Person) =>
    page.getByRole("list", { name: "Messages that were found" }).getByRole("listitem");

  const look = async (person: Person, words: string) => {
    const dialog = person.dialog("Search messages");
    await dialog.getByLabel("Words to look for").fill(words);
    await person.page.keyboard.press("Enter");
  };

  before(async () => {
    ({
      all: [ada, grace],
    } = await gather(server, people, "Search", "Ada", "Grace"));
    const says = await commandsOf(server, ada);
    await says({ type: "send_message", roomId: "main", content: "The lighthouse is in the Café." });
    for (let count = 1; count < WORDS; count += 1) {
      await says({ type: "send_message", roomId: "main", content: `Word ${count}` });
    }
    await ada.createRoom("Blue");
    await grace.join("Blue");
    await grace.say("A lighthouse in Blue");
    await grace.hears("A lighthouse in Blue");
    await ada.page.getByRole("button", { name: "Message Grace alone" }).click();
    await ada.say("Between us: the lighthouse is closed.");
    await ada.hears("Between us: the lighthouse is closed.");
    await ada.page.getByRole("button", { name: "Main", exact: true }).click();
    // As somebody who comes back: with the newest messages and no more.
    await ada.page.reload();
    await ada.connected();
  });

  it("opens by keyboard, and finds what was said anywhere that one may read", async () => {
    await ada.page.keyboard.press("Control+Shift+F");
    await ada.dialog("Search messages").getByLabel("Words to look for").waitFor();
    await look(ada, "LIGHTHOUSE");
    await ada.page.getByText("3 messages with “LIGHTHOUSE”.").waitFor();
    const found = await results(ada).allTextContents();
    assert.match(
      found[0] ?? "",
      /^AdaDirect: GraceToday, .*Between us: the lighthouse is closed\./,
    );
    assert.match(found[1] ?? "", /^GraceBlueToday, .*A lighthouse in Blue/);
    assert.match(found[2] ?? "", /^AdaMainToday, .*The lighthouse is in the Café\./);
    assert.equal(await results(ada).nth(2).getByText("lighthouse", { exact: true }).count(), 1);
    await isAccessible(ada, "a search");
    await ada.onPhone(() => isAccessible(ada, "phone with a search"));
  });

  it("leads to a message far back, in its place and with the focus", async () => {
    assert.equal(await ada.message("The lighthouse is in the Café.").count(), 0);
    await results(ada).nth(2).getByRole("button").press("Enter");
    const target = ada.message("The lighthouse is in the Café.");
    await target.and(ada.page.locator(":focus")).waitFor();
    await ada.message("Word 1").first().waitFor();
    await ada.button("Main").waitFor();
    assert.equal(await ada.dialog("Search messages").count(), 0);
  });

  it("leads to what was said to one person", async () => {
    await ada.button("Search").click();
    await look(ada, "closed us");
    await ada.page.getByText("1 message with “closed us”.").waitFor();
    await results(ada).getByRole("button").click();
    await ada.page.getByText("Only you and Grace can read this.").waitFor();
    const target = ada.message("Between us: the lighthouse is closed.");
    await target.and(ada.page.locator(":focus")).waitFor();
  });

  it("shows what was said in another room, and leads back to what was found", async () => {
    await ada.page.keyboard.press("Control+Shift+F");
    await look(ada, "lighthouse blue");
    await results(ada).getByRole("button").click();
    const there = ada.dialog("Said in Blue");
    await there.getByRole("listitem").filter({ hasText: "A lighthouse in Blue" }).waitFor();
    await isAccessible(ada, "a message of another room");
    await there.getByRole("button", { name: "Back to the results" }).click();
    await results(ada).first().waitFor();
    await ada.page.keyboard.press("Escape");
  });

  it("looks in the room that is shown alone, if that is wanted, and says when there is nothing", async () => {
    await grace.button("Search").click();
    await grace.dialog("Search messages").getByLabel("Where").selectOption("Blue");
    await look(grace, "lighthouse");
    await grace.page.getByText("1 message with “lighthouse”.").waitFor();
    await look(grace, "windmill");
    await grace.page.getByText("Nothing with “windmill” so far.").waitFor();
    await grace.page.keyboard.press("Escape");
    await grace.button("Search").and(grace.page.locator(":focus")).waitFor();
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});
