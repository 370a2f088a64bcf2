// Networks that let no WebSocket through, and networks that are gone for a while: nobody loses a word.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { WebSocketRoute } from "playwright-core";
import { contextOf, startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);

/** A wall between somebody's page and the service, for sockets only. */
async function wallOf({ page }: Person) {
  const open = new Set<WebSocketRoute>();
  const wall = {
    isUp: false,
    /** Sockets that came to it while it was up. */
    turnedAway: 0,
    /** Cuts what is open. */
    cut: () => Promise.all([...open].map((socket) => socket.close({ code: 4000 }))),
  };
  await page.routeWebSocket(/\/socket/, (socket) => {
    if (wall.isUp) {
      wall.turnedAway += 1;
      void socket.close({ code: 4000 });
      return;
    }
    open.add(socket);
    const service = socket.connectToServer();
    socket.onMessage((text) => service.send(text));
    service.onMessage((text) => socket.send(text));
    socket.onClose(() => open.delete(socket));
  });
  return wall;
}

/** Which way somebody's page goes. */
const goesBy = ({ page }: Person, phase: "open" | "fallback") =>
  page.locator(`.flagship-connection[data-phase="${phase}"]`).waitFor();

describe("two people, one of them behind a wall for sockets", () => {
  it("talk as if it were not there, and it is used no more once it is down", async () => {
    const ada = await people.open("Ada");
    await ada.startSession("Behind a wall");
    const grace = await people.open("Grace", new URL(ada.page.url()).pathname);
    const wall = await wallOf(grace);
    wall.isUp = true;
    await grace.page.reload();
    await grace.enter();
    await goesBy(grace, "fallback");
    assert.ok(wall.turnedAway >= 3, "sockets were tried first");
    await ada.person("Grace").getByText("Online, in Main").waitFor();

    await ada.say("Do you hear me?");
    await grace.hears("Do you hear me?");
    await grace.say("As if you were here.");
    await ada.hears("As if you were here.");
    await ada.createRoom("Blue");
    await grace.join("Blue");
    await ada.room("Blue").getByText("Grace").waitFor();
    await grace.picture("fallback");
    await grace.page.getByRole("button", { name: "Return to main" }).click();
    await grace.isIn("Main");

    wall.isUp = false;
    await grace.say("Said while the wall came down.");
    await goesBy(grace, "open");
    await ada.say("And now?");
    await grace.hears("And now?");
    await grace.say("Still here.");
    await ada.hears("Still here.");
    const transcript = [
      "Do you hear me?",
      "As if you were here.",
      "Said while the wall came down.",
      "And now?",
      "Still here.",
    ];
    assert.deepEqual(await ada.transcript(), transcript);
    assert.deepEqual(await grace.transcript(), transcript);
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});

describe("somebody whose network is gone", () => {
  it("goes on writing, and all of it is sent once and in order when it is back", async () => {
    const ada = await people.open("Ada");
    await ada.startSession("In a tunnel");
    const grace = await people.open("Grace", new URL(ada.page.url()).pathname);
    const wall = await wallOf(grace);
    await grace.page.reload();
    await grace.enter();
    await goesBy(grace, "open");

    wall.isUp = true;
    await contextOf(grace).setOffline(true);
    await wall.cut();
    await grace.disconnected();
    const written = Array.from({ length: 5 }, (_, index) => `From the tunnel ${index + 1}`);
    for (const words of written) {
      await grace.say(words);
      await grace.message(words).waitFor();
    }
    await ada.say("Grace seems to be away.");
    await ada.hears("Grace seems to be away.");
    assert.equal(await ada.message("From the tunnel").count(), 0);

    wall.isUp = false;
    await contextOf(grace).setOffline(false);
    await goesBy(grace, "open");
    for (const words of written) await ada.hears(words);
    await grace.hears(written.at(-1) ?? "");
    const transcript = ["Grace seems to be away.", ...written];
    assert.deepEqual(await ada.transcript(), transcript);
    assert.deepEqual(await grace.transcript(), transcript);
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});
