// Ways into a room: knocking, invitations, coming late, being expected.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);

describe("a locked room", () => {
  let ada: Person;
  let grace: Person;

  it("can be knocked at, in vain and again", async () => {
    [ada, grace] = (await gather(server, people, "Doors", "Ada", "Grace")).all;
    await ada.createRoom("Blue");
    await ada.manage("Blue");
    await ada.button("Lock").click();
    await grace.button("Knock at Blue").press("Enter");
    await grace.page.getByText("You knocked. Somebody has to let you in.").waitFor();
    await ada.isTold("Grace knocks at Blue.");
    await isAccessible(ada, "a knock");
    await ada.button("Not now, Grace").press("Enter");
    await grace.page.getByText("Not now. You may knock again later.").waitFor();
    await isAccessible(grace, "a knock in vain");

    await grace.button("Knock at Blue").press("Enter");
    await ada.region("Knocking (1)").waitFor();
    await grace.button("Stop knocking at Blue").press("Enter");
    await ada.region(/^Knocking/).waitFor({ state: "detached" });
    const no = grace.page.getByText("Not now. You may knock again later.");
    assert.equal(await no.count(), 0, "it was her own doing");
  });

  it("lets in whoever is admitted", async () => {
    await grace.button("Knock at Blue").press("Enter");
    await ada.button("Admit Grace").press("Enter");
    await grace.isIn("Blue");
    await ada.region(/^Knocking/).waitFor({ state: "detached" });
    await grace.button("Leave Blue").click();
    await grace.isIn("Main");
  });

  it("can be entered by invitation, now or later", async () => {
    await ada.manage("Grace");
    await ada.choose(ada.person("Grace"), "Invite to", "Blue");
    const question = grace.dialog("Come to Blue?");
    await question.getByText(/^Ada invites you/).waitFor();
    await isAccessible(grace, "an invitation");
    await grace.onPhone(() => isAccessible(grace, "phone invitation"));
    await grace.page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });

    const later = grace.page.getByRole("complementary", { name: "Invitation" });
    await later.getByText("Ada invites you to Blue.").waitFor();
    await isAccessible(grace, "an invitation for later");
    await later.getByRole("button", { name: "Go to Blue" }).press("Enter");
    await grace.isIn("Blue");
    await later.waitFor({ state: "detached" });
  });

  it("is in the hands of its facilitator", async () => {
    const facilitators = ada.room("Blue").getByRole("group", { name: "Facilitators" });
    await facilitators.getByLabel("Facilitator").selectOption("Grace");
    await facilitators.getByRole("button", { name: "Add" }).click();
    await grace.manage("Blue");
    await grace.room("Blue").getByRole("button", { name: "Unlock" }).click();
    await ada.room("Blue").getByText("Locked").waitFor({ state: "detached" });
    assert.equal(await grace.room("Blue").getByRole("button", { name: "Close room" }).count(), 0);
    await isAccessible(ada, "a room of a facilitator");
  });

  it("has a time of its own", async () => {
    await ada.room("Blue").getByLabel("Minutes for this room").fill("20");
    await ada.room("Blue").getByRole("button", { name: "Set timer" }).click();
    await grace
      .room("Blue")
      .getByRole("timer")
      .getByText(/^(20:00|19:\d\d)$/)
      .waitFor();
  });

  it("changes hands", async () => {
    await ada.button("Hand over").click();
    await ada.dialog("Hand over to Grace?").getByRole("button", { name: "Hand over" }).click();
    await grace.person("Grace").getByText("Host").waitFor();
    await ada.person("Ada").getByText("Moderator").waitFor();
    await grace.page.getByText("How rooms work").click();
    await grace.page.getByLabel("Title of the session").fill("Open doors");
    await grace.page.getByLabel("Title of the session").press("Enter");
    await ada.page.getByRole("heading", { name: "Open doors" }).waitFor();

    await ada.button("Leave session").click();
    await isAccessible(ada, "leaving");
    await ada.dialog("Leave the session?").getByRole("button", { name: "Leave" }).click();
    await ada.page.getByText("You have left this session.").waitFor();
    await grace.button("End session").click();
    await grace
      .dialog(/^End the session/)
      .getByRole("button", { name: "End it" })
      .click();
    await grace.page.getByRole("heading", { name: "This session has ended" }).waitFor();
    await isAccessible(grace, "an ended session");
    await grace.button("Debrief…").click();
    await grace
      .dialog("Debrief")
      .getByRole("row", { name: /^Grace Blue/ })
      .first()
      .waitFor();
    await grace.page.keyboard.press("Escape");
    await grace.button("Read what was said").click();
    await grace.page.getByRole("log").waitFor();
    assert.equal(await grace.page.getByRole("textbox", { name: "Message to" }).count(), 0);
    await grace.page.getByRole("link", { name: "Start a new session" }).click();
    await grace.page.getByRole("heading", { name: "Start a session" }).waitFor();
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});

describe("whoever comes late", () => {
  it("waits, chooses, or is brought to the room they are expected in", async () => {
    const { all, host } = await gather(server, people, "Late", "Ada");
    const [ada] = all;
    const path = new URL(ada.page.url()).pathname;
    await ada.button("Create several rooms…").press("Enter");
    await isAccessible(ada, "creating rooms");
    await ada.page.getByLabel("How many").fill("2");
    await ada.button("Create rooms").click();
    await ada.room("Room 2").waitFor();

    await ada.button("Guests…").click();
    const guests = ada.dialog("Guests expected");
    await guests.getByLabel("E-mail address or name").fill("Linus");
    await guests.getByLabel("Room").selectOption("Room 2");
    await guests.getByRole("button", { name: "Add guest" }).click();
    await guests.getByRole("listitem").filter({ hasText: "linus Room 2" }).waitFor();
    await isAccessible(ada, "guests");
    await guests.getByLabel("E-mail address or name").fill("nobody@example.org");
    await guests.getByRole("button", { name: "Add guest" }).click();
    await guests.getByRole("button", { name: "Take off nobody@example.org" }).click();
    await guests.getByText("nobody@example.org").waitFor({ state: "detached" });
    await ada.page.keyboard.press("Escape");
    await guests.waitFor({ state: "detached" });

    await host({ type: "update_session", selfSelect: false });
    await host({ type: "open_rooms" });
    const [grace, linus] = [await people.open("Grace", path), await people.open("Linus", path)];
    await grace.enter();
    await grace.page.getByText(/^The rooms are open. A host brings you into one/).waitFor();
    await isAccessible(grace, "held in main");
    await linus.enter();
    await linus.isIn("Room 2");

    await ada.page.getByText("How rooms work").click();
    await ada.choose(ada.region("Rooms"), "Who comes late", "Choose a room");
    await grace.page.getByText(/^The rooms are open. Choose/).waitFor();
    await grace.join("Room 1");
    assert.deepEqual([...ada.complaints, ...grace.complaints, ...linus.complaints], []);
  });

  it("says who they are", async () => {
    const { all } = await gather(server, people, "Names", "Ada", "Grace");
    const [ada, grace] = all;
    await grace.button("About you").press("Enter");
    await isAccessible(grace, "about you");
    await grace.page.getByLabel("Your name here").fill("Amazing Grace");
    await grace.page.getByLabel("About you (optional)").fill("I like compilers.");
    await grace.page.getByLabel("In single words").fill("compilers, boats, compilers");
    await grace.button("Save").click();
    await ada.manage("Amazing Grace");
    await ada.person("Amazing Grace").getByText("I like compilers.").waitFor();
    await ada.person("Amazing Grace").getByText("compilers, boats", { exact: true }).waitFor();
    assert.equal(await grace.page.getByText("I like compilers.").count(), 0);
  });
});
