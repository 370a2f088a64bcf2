// Help as people get it: asked for, claimed and given, quietly when it has to be.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);

describe("help", () => {
  let ada: Person;
  let grace: Person;
  let linus: Person;

  it("is asked for from a room", async () => {
    const session = await gather(server, people, "Help", "Ada", "Grace", "Linus");
    [ada, grace, linus] = session.all;
    await ada.createRoom("Blue");
    await grace.join("Blue");

    await grace.button("Ask for help").press("Enter");
    await isAccessible(grace, "asking for help");
    await grace.page.getByLabel("What is it about?").fill("How do we start?");
    await grace.dialog("Ask for help").getByRole("button", { name: "Ask", exact: true }).click();
    await grace.page.getByText("You asked for help.").waitFor();

    const queue = ada.region("Asking for help (1)");
    await queue.getByText("How do we start?").waitFor();
    await queue.getByText(/Blue, waits 00:\d\d/).waitFor();
    await ada.isTold("Grace asks for help, in Blue.");
    assert.equal(await linus.page.getByText("How do we start?").count(), 0);
  });

  it("is claimed, so that who asked knows, and resolved", async () => {
    await ada.button("I am coming, Grace").press("Enter");
    await grace.page.getByText("Ada is coming.").waitFor();
    await grace.isTold("Ada is coming to help you.");
    await ada.page.getByText("You said that you are coming.").waitFor();
    await ada.join("Blue");
    await grace.page.getByText("Ada (host) is visiting.").waitFor();
    await isAccessible(grace, "a visit");
    await ada.button("Done for Grace").press("Enter");
    await grace.button("Ask for help").waitFor();
    await ada.region(/^Asking for help/).waitFor({ state: "detached" });
  });

  it("can be taken back", async () => {
    await grace.button("Ask for help").click();
    await grace.dialog("Ask for help").getByRole("button", { name: "Ask", exact: true }).click();
    await ada.region("Asking for help (1)").waitFor();
    await grace.button("No longer needed").click();
    await ada.region(/^Asking for help/).waitFor({ state: "detached" });
  });

  it("comes at one tap, known to the moderators only", async () => {
    await linus.button("Alert a moderator").press("Enter");
    await linus.isTold("Your alert went to the hosts and moderators only.");
    const alerts = ada.region("Alerts");
    await alerts.getByText("Alert: Linus").waitFor();
    assert.match(await ada.page.title(), /^Alert!/);
    assert.equal(await grace.region("Alerts").count(), 0);
    await isAccessible(ada, "an alert");
    await ada.onPhone(() => isAccessible(ada, "phone alert"));
    await alerts.getByRole("button", { name: "I am coming, Linus" }).click();
    await linus.page.getByText("Ada is coming because of your alert.").waitFor();
    await isAccessible(linus, "an alert that is answered");
    await alerts.getByRole("button", { name: "Done for Linus" }).click();
    await alerts.waitFor({ state: "detached" });
  });

  it("is called for because of somebody, who does not learn of it", async () => {
    await linus.person("Grace").getByRole("button", { name: "Report" }).press("Enter");
    await isAccessible(linus, "reporting somebody");
    await linus.dialog("Report Grace?").getByRole("button", { name: "Send the alert" }).click();
    await ada.region("Alerts").getByText("About Grace").waitFor();
    assert.equal(await grace.region("Alerts").count(), 0);
    await linus.button("Take it back").click();
    await ada.region("Alerts").waitFor({ state: "detached" });
  });

  it("reaches whoever becomes a moderator", async () => {
    await linus.button("Ask for help").click();
    await linus.dialog("Ask for help").getByRole("button", { name: "Ask", exact: true }).click();
    await ada.manage("Grace");
    await ada.choose(ada.person("Grace"), "Role", "Moderator");
    await grace.region("Asking for help (1)").waitFor();
    await ada.choose(ada.person("Grace"), "Role", "Participant");
    await grace.region(/^Asking for help/).waitFor({ state: "detached" });
  });
});

describe("somebody who disturbs", () => {
  it("is muted, slowed down, and removed with a reason", async () => {
    const { all } = await gather(server, people, "Order", "Ada", "Grace");
    const [ada, grace] = all;
    await ada.manage("Grace");
    await ada.button("Mute Grace").click();
    await grace.page.getByText(/^You are muted: what you write is held back/).waitFor();
    await isAccessible(grace, "muted");
    await ada.button("Let speak: Grace").click();
    await grace.page.getByText(/^You are muted: what/).waitFor({ state: "detached" });

    await ada.page.getByText("How rooms work").click();
    const slow = ada.page.getByLabel(/^Slow mode/);
    await slow.fill("600");
    await slow.press("Enter");
    await ada.page.getByLabel("Tell everyone that this is recorded").check();
    await isAccessible(ada, "how rooms work");
    await grace.page.getByText("This session is being recorded.").waitFor();
    await grace.page.getByText("Slow mode: one message every 10 minutes.").waitFor();
    await grace.say("Hello");
    await grace.hears("Hello");
    await grace.page.getByRole("textbox", { name: "Message to" }).fill("Again");
    const send = grace.page.getByRole("button", { name: /^Send in (10:00|09:\d\d)$/ });
    await send.waitFor();
    assert.ok(await send.isDisabled());
    await isAccessible(grace, "slow mode");

    await ada.person("Grace").getByRole("button", { name: "Remove" }).click();
    await isAccessible(ada, "removing somebody");
    await ada.dialog("Remove Grace?").getByRole("button", { name: "Remove" }).click();
    await grace.page.getByText(/A host or moderator has removed you/).waitFor();
    await ada.person("Grace").waitFor({ state: "detached" });
    await isAccessible(grace, "removed");
  });

  it("is banned, whatever they try, until they are let back in", async () => {
    const { all } = await gather(server, people, "Ban", "Ada", "Grace");
    const [ada, grace] = all;
    await ada.manage("Grace");
    await ada.person("Grace").getByRole("button", { name: "Ban" }).click();
    await ada.dialog("Ban Grace?").getByRole("button", { name: "Ban" }).click();
    const banned = grace.page.getByText(/removed from this session and may not come back/);
    await banned.waitFor();
    await grace.page.reload();
    await banned.waitFor();
    await ada.page.getByText("Banned (1)").click();
    await isAccessible(ada, "banned");
    await ada.button("Let back in: Grace").click();
    await ada.page.getByText("Banned (1)").waitFor({ state: "detached" });
    await grace.page.reload();
    await grace.connected();
    await ada.person("Grace").waitFor();
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});
