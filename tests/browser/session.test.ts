// Two people through a whole session, and the service killed in the middle of it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);

describe("a session of two", () => {
  let ada: Person;
  let grace: Person;

  it("begins with a host and a link", async () => {
    ada = await people.open("Ada");
    await isAccessible(ada, "start page");
    await ada.startSession("Spring planning");
    await ada.page.getByRole("heading", { name: "Spring planning" }).waitFor();
    assert.match(await ada.page.title(), /^Spring planning/);

    await ada.page.getByRole("button", { name: "Copy link" }).click();
    await ada.page.getByText("The link is copied.").waitFor();
    const link = await ada.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, ada.page.url());

    grace = await people.open("Grace", new URL(link).pathname);
    await isAccessible(grace, "entrance");
    await grace.enter();
    await ada.person("Grace").getByText("Online, in Main").waitFor();
    await grace.person("Ada").getByText("Host").waitFor();
  });

  it("is split into rooms by the host, and only by the host", async () => {
    await ada.createRoom("Blue");
    await ada.createRoom("Red");
    await grace.room("Red").waitFor();
    assert.equal(await grace.page.getByRole("button", { name: "Create room" }).count(), 0);

    await ada.join("Blue");
    await grace.join("Blue");
    await ada.room("Blue").getByText("Grace").waitFor();
    await grace.page.getByText("You are now in Blue.").waitFor();
  });

  it("lets them talk, each message once", async () => {
    await ada.say("Shall we begin?");
    await grace.hears("Shall we begin?");
    await grace.say("Yes.\nI brought notes.");
    await ada.hears("I brought notes.");
    await ada.hears("Shall we begin?");
    const transcript = ["Shall we begin?", "Yes.\nI brought notes."];
    assert.deepEqual(await ada.transcript(), transcript);
    assert.deepEqual(await grace.transcript(), transcript);
  });

  it("shows in a room that something was said in main", async () => {
    await ada.page.getByRole("button", { name: "Main", exact: true }).click();
    await ada.say("Back in ten minutes, everybody.");
    await ada.hears("Back in ten minutes");
    await grace.page.getByRole("button", { name: /^Main\s*1 new$/ }).click();
    await grace.hears("Back in ten minutes");
    await grace.page.getByRole("button", { name: "Blue", exact: true }).click();
    await ada.page.getByRole("button", { name: "Blue", exact: true }).click();
  });

  it("looks right and is accessible", async () => {
    await ada.page.getByText("Manage Blue").click();
    await isAccessible(ada, "session of the host");
    await isAccessible(grace, "session");
    await grace.page.setViewportSize({ width: 360, height: 740 });
    await isAccessible(grace, "phone chat");
    await grace.page.getByRole("button", { name: "Rooms", exact: true }).click();
    await isAccessible(grace, "phone rooms");
    const width = await grace.page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 360, "nothing is wider than a phone");
    await grace.page.setViewportSize({ width: 1280, height: 800 });
  });

  it("is the same after a reload", async () => {
    await grace.page.reload();
    await grace.connected();
    await grace.isIn("Blue");
    await grace.hears("Shall we begin?");
    await grace.hears("I brought notes.");
    assert.equal(await grace.person("Grace").count(), 1);
  });

  it("survives that the service is killed", async () => {
    await server.kill();
    await ada.disconnected();
    await grace.disconnected();
    await grace.say("Written while it was down.");
    await grace.message("Is sent as soon as the connection is back.").waitFor();
    await grace.picture("connection-lost");

    await server.start();
    await ada.connected();
    await grace.connected();
    await ada.hears("Written while it was down.");
    await grace.hears("Written while it was down.");
    await ada.say("Good that you are back.");
    for (const person of [ada, grace]) await person.hears("Good that you are back.");
    assert.deepEqual(await ada.transcript(), await grace.transcript());
    assert.equal((await ada.transcript()).length, 4);
    await ada.isIn("Blue");
    await grace.isIn("Blue");
    await ada.room("Red").waitFor();
  });

  it("lets the host move somebody, rename a room and close it", async () => {
    await ada.page.getByText("Manage Grace").click();
    await ada.person("Grace").getByLabel("Room").selectOption("Red");
    await ada.person("Grace").getByRole("button", { name: "Apply" }).first().click();
    await grace.isIn("Red");
    await grace.page.getByText("You are now in Red.").waitFor();

    await ada.page.getByText("Manage Red").click();
    await ada.room("Red").getByLabel("Name").fill("Crimson");
    await ada.room("Red").getByRole("button", { name: "Rename" }).click();
    await grace.isIn("Crimson");
    await ada.room("Crimson").getByRole("button", { name: "Close room" }).click();
    await grace.isIn("Main");
    await grace.room("Crimson").getByText("Closed").waitFor();
  });

  it("made no page complain", () => {
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});
