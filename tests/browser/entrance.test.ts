// The ways in that are not the usual one.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commandsOf } from "./support/api.ts";
import { contextOf, startBrowser } from "./support/browser.ts";
import { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);

describe("coming in", () => {
  it("works by keyboard alone", async () => {
    const { page } = await people.open("Ada");
    // A key that is pressed before there is a form goes nowhere.
    await page.getByLabel("Your name").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ada");
    await page.keyboard.press("Tab");
    await page.keyboard.type("By keyboard");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "By keyboard" }).waitFor();
    await page.getByText("Connected", { exact: true }).waitFor();
  });

  it("says in words that there is no such session", async () => {
    const grace = await people.open("Grace", "/s/nosuchsession");
    await grace.page.getByLabel("Your name").fill("Grace");
    await grace.page.getByRole("button", { name: "Enter", exact: true }).click();
    await grace.page
      .getByRole("alert")
      .getByRole("heading", { name: "There is no such session" })
      .waitFor();
    await grace.picture("no-such-session");
  });

  it("offers another window the same name", async () => {
    const ada = await people.open("Ada");
    await ada.startSession("Two windows");
    const second = await contextOf(ada).newPage();
    await second.goto(ada.page.url());
    await second.getByRole("button", { name: "Continue as Ada" }).click();
    await second.getByText("Connected", { exact: true }).waitFor();
    await second.getByRole("heading", { name: "People (1)" }).waitFor();
  });

  it("knows in one window what was read in the other", async () => {
    const {
      all: [ada, grace],
    } = await gather(server, people, "Read once", "Ada", "Grace");
    const second = await contextOf(ada).newPage();
    await second.goto(ada.page.url());
    await second.getByRole("button", { name: "Continue as Ada" }).click();
    await second.getByText("Connected", { exact: true }).waitFor();

    const says = await commandsOf(server, grace);
    await says({ type: "send_direct_message", participantId: await ada.id(), content: "Psst" });
    const unread = { name: /^Direct: Grace.*1 new/ };
    await second.getByRole("button", unread).waitFor();
    await ada.page.getByRole("button", unread).click();
    await ada.hears("Psst");
    // Nobody has looked at it here.
    await second.getByRole("button", { name: "Direct: Grace", exact: true }).waitFor();
    assert.equal(await second.getByRole("button", unread).count(), 0);
  });

  it("asks for a token where the service hands out none, and says how", async () => {
    const body = JSON.stringify({ alias: "Grace" });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${server.url}/api/dev/token`, { method: "POST", headers, body });
    const { token } = (await answer.json()) as { token: string };

    const { page } = await people.open("Grace");
    const problem = { code: "not_found", message: "nothing is at this address" };
    await page.route("**/api/dev/token", (route) => route.fulfill({ status: 404, json: problem }));
    await page.getByLabel("Your name").fill("Grace");
    await page.getByLabel("Session title").fill("By token");
    await page.getByRole("button", { name: "Start session" }).click();
    await page.getByText("sign in there, copy the token").waitFor();
    await page.getByLabel("Your token").fill(token);
    await page.getByRole("button", { name: "Start session" }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    const grace = new Person("Grace", page, "");
    await grace.person("Grace").getByText("(you)").waitFor();
  });

  it("explains a link that is none", async () => {
    const { page } = await people.open("Grace");
    await page.getByLabel("Link or id").fill("not a link");
    await page.getByRole("button", { name: "Join session" }).click();
    const words = await page
      .getByRole("status")
      .getByText(/neither/)
      .textContent();
    assert.match(words ?? "", /Ask the host for the link/);
  });
});
