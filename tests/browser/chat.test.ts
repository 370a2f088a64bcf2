// What people do in a chat beside saying things: answering, changing, taking back, reacting, mentioning, and writing
// to one person alone.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { commandsOf } from "./support/api.ts";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";
import { until } from "./support/until.ts";

const server = await startServer();
const people = await startBrowser(server.url);

/** More direct messages than come with the session. */
const MANY = 80;

describe("a chat", () => {
  let ada: Person;
  let grace: Person;
  let linus: Person;

  /** The field to write in. */
  const field = ({ page }: Person) => page.getByRole("textbox", { name: /^Message to/ });

  /** Chooses from what can be done about a message, by keyboard. */
  const choose = async (person: Person, text: string, item: string) => {
    const more = person.message(text).getByRole("button", { name: /^More for/ });
    await more.focus();
    await more.press("Enter");
    await person.page.getByRole("menuitem", { name: item }).press("Enter");
  };

  before(async () => {
    ({
      all: [ada, grace, linus],
    } = await gather(server, people, "Talk", "Ada", "Grace", "Linus"));
  });

  it("says how far a message has come, in words", async () => {
    await ada.say("Who has the notes?");
    await grace.hears("Who has the notes?");
    await linus.hears("Who has the notes?");
    await ada.message("Who has the notes?").getByText("read by 2 of 2").waitFor();
  });

  it("has answers, which lead back to what they answer", async () => {
    await choose(grace, "Who has the notes?", "Reply");
    await grace.page.getByText("You are answering Ada: Who has the notes?").waitFor();
    await grace.say("I have them.");
    const answer = ada.message("I have them.");
    await answer.getByRole("button", { name: /^In answer to Ada: Who has the notes/ }).click();
    await ada.message("Who has the notes?").first().and(ada.page.locator(":focus")).waitFor();
  });

  it("can be put right, and taken back, by who said it", async () => {
    await grace.say("At tree o'clock.");
    await ada.hears("At tree o'clock.");
    await field(grace).press("ArrowUp");
    await grace.page.getByText("You are editing what you said.").waitFor();
    await field(grace).fill("At three o'clock.");
    await field(grace).press("Enter");
    await ada.message("At three o'clock.").getByText("edited").waitFor();
    assert.equal(await ada.message("At tree").count(), 0);

    assert.equal(await menuOf(ada, "Who has the notes?", "Edit"), 1);
    assert.equal(await menuOf(linus, "At three o'clock.", "Delete"), 0);
    await choose(grace, "At three o'clock.", "Delete");
    await grace.dialog("Delete this message?").getByRole("button", { name: "Delete" }).click();
    await ada.message("This message was deleted.").waitFor();
    assert.equal(await linus.message("At three").count(), 0);
  });

  it("takes reactions, counted with names", async () => {
    const react = grace
      .message("Who has the notes?")
      .first()
      .getByRole("button", { name: "React" });
    await react.focus();
    await react.press("Enter");
    // What opens takes the focus to its first button, which must not happen between the next focus and the key.
    const first = grace.page.getByRole("button", { name: "React with 👍" });
    await first.and(grace.page.locator(":focus")).waitFor();
    await grace.page.getByRole("button", { name: "React with 🎉" }).press("Enter");
    const party = ada
      .message("Who has the notes?")
      .first()
      .getByRole("button", { name: /^🎉 1, from Grace/ });
    await party.click();
    await linus.page.getByRole("button", { name: /^🎉 2, from Grace, Ada/ }).waitFor();
    await linus
      .message("Who has the notes?")
      .first()
      .getByRole("button", { name: "React" })
      .click();
    await linus.page.getByLabel("Another emoji").fill("🦊");
    await linus.page.getByLabel("Another emoji").press("Enter");
    await ada.page.getByRole("button", { name: "🦊 1, from Linus" }).waitFor();
    await ada.page.getByRole("button", { name: /^🎉 2, from Grace, Ada/ }).click();
    await grace.page.getByRole("button", { name: "🎉 1, from Grace", exact: true }).waitFor();
  });

  it("offers people to mention, and tells them", async () => {
    await ada.page.getByRole("button", { name: "Main", exact: true }).waitFor();
    await field(ada).pressSequentially("Over to @li");
    await ada.page.getByRole("option", { name: "Linus" }).waitFor();
    await field(ada).press("Enter");
    assert.equal(await field(ada).inputValue(), "Over to @Linus ");
    await field(ada).press("Enter");
    await linus.page
      .locator(".flagship-mention[data-self='true']", { hasText: "@Linus" })
      .waitFor();
    await grace.page
      .locator(".flagship-mention[data-self='false']", { hasText: "@Linus" })
      .waitFor();
    const told = linus.page.getByText("Ada mentions you: Over to @Linus");
    await told.waitFor({ state: "attached" });
  });

  it("looks right and is accessible", async () => {
    await grace.say("See https://example.com/agenda for the agenda.");
    await ada.message("for the agenda").getByRole("link").waitFor();
    await ada
      .message("I have them.")
      .getByRole("button", { name: /^More for/ })
      .focus();
    await isAccessible(ada, "a chat");
    await ada.onPhone(() => isAccessible(ada, "phone with a chat"));
    await ada
      .message("I have them.")
      .getByRole("button", { name: /^More for/ })
      .click();
    await isAccessible(ada, "a menu of a message");
    await ada.page.keyboard.press("Escape");
  });

  it("can be with one person alone", async () => {
    await linus.page.getByRole("button", { name: "Message Ada alone" }).click();
    await linus.page.getByText("Only you and Ada can read this.").waitFor();
    await linus.say("I have to leave early.");
    await linus.hears("I have to leave early.");
    await ada.page.getByRole("button", { name: /^Direct: Linus\s*1 new$/ }).click();
    await ada.hears("I have to leave early.");
    await field(ada).pressSequentially("That is");
    await linus.page.getByText("Ada is writing…").waitFor({ state: "attached" });
    await ada.say("That is fine.");
    await linus.hears("That is fine.");
    await ada.message("That is fine.").getByText(/Read$/).waitFor();
    assert.deepEqual(await ada.transcript(), await linus.transcript());
    assert.equal(await grace.page.getByText("I have to leave early.").count(), 0);
    assert.equal(await grace.page.getByRole("button", { name: "Message Linus alone" }).count(), 0);
    await isAccessible(linus, "a direct conversation");

    // Who comes back finds it again, and so does who it was with.
    await linus.page.reload();
    await linus.connected();
    await linus.page.getByRole("button", { name: /^Direct: Ada/ }).click();
    await linus.hears("I have to leave early.");
    await linus.hears("That is fine.");
    assert.deepEqual(await linus.transcript(), await ada.transcript());
  });

  it("goes further back with one person than is loaded at first, as one scrolls", async () => {
    const says = await commandsOf(server, linus);
    const participantId = await ada.id();
    for (let count = 1; count <= MANY; count += 1) {
      await says({ type: "send_direct_message", participantId, content: `Aside ${count}` });
    }
    await ada.hears(`Aside ${MANY}`);
    await linus.page.reload();
    await linus.connected();
    await linus.page.getByRole("button", { name: /^Direct: Ada/ }).click();
    await linus.hears(`Aside ${MANY}`);
    assert.equal(await linus.message("I have to leave early.").count(), 0);
    const log = linus.page.getByRole("log");
    await until("the first of it is there", async () => {
      await log.evaluate((list) => list.scrollBy(0, -list.clientHeight));
      return (await linus.message("I have to leave early.").count()) > 0;
    });
    assert.deepEqual((await linus.wholeTranscript()).slice(0, 3), [
      "I have to leave early.",
      "That is fine.",
      "Aside 1",
    ]);
  });

  it("is moved about in by keyboard", async () => {
    const log = grace.page.getByRole("log");
    await log.focus();
    await log.press("ArrowUp");
    await grace.message("for the agenda").and(grace.page.locator(":focus")).waitFor();
    await grace.page.keyboard.press("ArrowUp");
    await grace.message("Over to @Linus").and(grace.page.locator(":focus")).waitFor();
    await grace.page.keyboard.press("Home");
    await grace.message("Who has the notes?").first().and(grace.page.locator(":focus")).waitFor();
  });

  it("can be copied from", async () => {
    await choose(ada, `Aside ${MANY}`, "Copy text");
    await ada.isTold("The text is copied.");
    assert.equal(await ada.page.evaluate(() => navigator.clipboard.readText()), `Aside ${MANY}`);
    assert.deepEqual(
      [ada, grace, linus].flatMap(({ complaints }) => complaints),
      [],
    );
  });

  /** How many items of this name a message's menu has. */
  async function menuOf(person: Person, text: string, item: string): Promise<number> {
    const more = person
      .message(text)
      .first()
      .getByRole("button", { name: /^More for/ });
    await more.focus();
    await more.press("Enter");
    await person.page.getByRole("menu").waitFor();
    const count = await person.page.getByRole("menuitem", { name: item }).count();
    await person.page.keyboard.press("Escape");
    await person.page.getByRole("menu").waitFor({ state: "detached" });
    return count;
  }
});
