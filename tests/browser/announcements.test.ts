// Announcements reach participants in every room, and messages that were written offline in a room are not lost when their
// writer is taken out of it.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { contextOf, startBrowser } from "./support/browser.ts";
import { layCable } from "./support/cable.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";

const server = await startServer();
const people = await startBrowser(server.url);
const cable = await layCable(server);

describe("an announcement to everyone", () => {
  let ada: Person;
  let ben: Person;
  let grace: Person;
  let host: Awaited<ReturnType<typeof gather>>["host"];
  const announcements = (person: Person) => person.region("Announcements");

  before(async () => {
    const session = await gather(server, people, "Storm", "Ada", "Ben");
    [ada, ben] = session.all;
    host = session.host;
    // Sockets do not get through to her.
    cable.refuseSockets();
    grace = await people.open("Grace", cable.url + new URL(ada.page.url()).pathname);
    await grace.enter();
    await grace.page.locator('.flagship-connection[data-phase="fallback"]').waitFor();
    for (const name of ["Blue", "Red"]) await host({ type: "create_room", name });
    await ben.join("Blue");
    await grace.join("Red");
  });

  it("stands before people in their rooms, whichever conversation they look at, and is read out", async () => {
    await ada.button("Message to all…").click();
    const message = ada.dialog("Message to rooms");
    await message.getByLabel("Message").fill("Five minutes left.");
    await message.getByRole("button", { name: "Send to everyone" }).click();
    for (const person of [ben, grace]) {
      await announcements(person).getByText("Five minutes left.").waitFor();
      await person.isTold("Announcement of Ada: Five minutes left.");
      assert.equal(await person.message("Five minutes left.").count(), 0, "another talk is shown");
      await person.picture("announcement");
    }
  });

  it("is told to the host as seen by all of them, and nothing else is", async () => {
    const sent = ada.dialog("Message to rooms").getByRole("listitem");
    await sent.filter({ hasText: "Five minutes left." }).getByText("Seen by 2 of 2").waitFor();
    await ada.picture("announcement-seen");
    await ada.page.keyboard.press("Escape");
    await ada.message("Five minutes left.").getByText("read by 2 of 2").waitFor();
    // The announcement does not count as reading later messages.
    await ada.say("Whoever is in a room does not read this.");
    await ada
      .message("Whoever is in a room does not read this.")
      .getByText("Delivered to 2 of 2, read by 0 of 2")
      .waitFor();
  });

  it("stays through a reload until it is dismissed", async () => {
    for (const person of [ben, grace]) {
      await person.page.reload();
      await person.connected();
      await announcements(person).getByText("Five minutes left.").waitFor();
      await person.button("Dismiss the announcement of Ada").click();
      await announcements(person).waitFor({ state: "detached" });
      await person.page.reload();
      await person.connected();
      assert.equal(await announcements(person).count(), 0);
    }
  });
});

describe("a message that is written without a network", () => {
  let ada: Person;
  let grace: Person;
  let graceId: string;
  let host: Awaited<ReturnType<typeof gather>>["host"];
  let blue = "";
  const tray = () => grace.region("Messages that were not sent");

  /** Grace writes something without a network, and is connected again after something happened. */
  async function meanwhile(written: string, does: () => Promise<unknown>): Promise<void> {
    await contextOf(grace).setOffline(true);
    cable.cut();
    await grace.disconnected();
    await grace.say(written);
    await grace.message(written).getByText("Is sent as soon as the connection is back.").waitFor();
    await does();
    cable.mend();
    await contextOf(grace).setOffline(false);
    await grace.connected();
  }

  before(async () => {
    cable.admitSockets();
    const session = await gather(server, people, "Tunnel", "Ada");
    [ada] = session.all;
    host = session.host;
    grace = await people.open("Grace", cable.url + new URL(ada.page.url()).pathname);
    await grace.enter();
    graceId = await grace.id();
    blue = (await host({ type: "create_room", name: "Blue" })).room?.id ?? "";
    await ada.join("Blue");
    await grace.join("Blue");
  });

  it("goes to the room that it was written for, although its writer was moved out of it", async () => {
    await meanwhile("Said in the tunnel.", () =>
      host({ type: "move_participant", participantId: graceId, roomId: "main" }),
    );
    await ada.hears("Said in the tunnel.");
    await grace.isIn("Main");
    assert.equal(await tray().count(), 0);
  });

  it("is shown wherever its writer is if the room has closed, also after a reload", async () => {
    await grace.join("Blue");
    await meanwhile("Too late for Blue.", () => host({ type: "close_room", roomId: blue }));
    await grace.isIn("Main");
    await tray().getByText("Not sent to Blue").waitFor();
    await tray().getByText("Too late for Blue.").waitFor();
    await grace.picture("unsent");
    await grace.page.reload();
    await grace.connected();
    await tray().getByText("Too late for Blue.").waitFor();
    assert.equal(await grace.message("Too late for Blue.").count(), 0, "not in main");
    assert.ok(await tray().getByRole("button", { name: "Send to Blue" }).isDisabled());
  });

  it("is sent there once its writer is back, or dropped", async () => {
    await host({ type: "open_rooms", roomIds: [blue] });
    await host({ type: "move_participant", participantId: graceId, roomId: blue });
    await grace.isIn("Blue");
    await grace.message("Too late for Blue.").getByRole("button", { name: "Send again" }).click();
    await ada.join("Blue");
    await ada.hears("Too late for Blue.");

    await meanwhile("And never mind.", () => host({ type: "close_room", roomId: blue }));
    await tray().getByRole("button", { name: "Drop" }).click();
    await tray().waitFor({ state: "detached" });
  });
});
