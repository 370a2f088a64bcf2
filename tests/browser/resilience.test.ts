// What people keep when the network, the service or their own page goes away in the middle of a session.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { contextOf, startBrowser } from "./support/browser.ts";
import { layCable } from "./support/cable.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { gather } from "./support/session.ts";
import { until } from "./support/until.ts";

const server = await startServer();
const people = await startBrowser(server.url);
const cable = await layCable(server);

/** How long the network is gone. Milliseconds. */
const OUTAGE_MS = 10_000;

describe("a session on a bad network", () => {
  let ada: Person;
  let grace: Person;
  let host: Awaited<ReturnType<typeof gather>>["host"];

  /** Waits until a page is connected in one way or the other. */
  const isConnectedBy = (person: Person, phase: "open" | "fallback") =>
    person.page.locator(`.flagship-connection[data-phase="${phase}"]`).waitFor();

  before(async () => {
    const session = await gather(server, people, "Storm", "Ada");
    [ada] = session.all;
    host = session.host;
    grace = await people.open("Grace", cable.url + new URL(ada.page.url()).pathname);
    await grace.enter();
    await isConnectedBy(grace, "open");
  });

  it("sends what was written in ten seconds without a network: once, and in order", async () => {
    await grace.say("Before the outage.");
    await ada.hears("Before the outage.");

    // Both what the browser says of the network and the lines themselves.
    await contextOf(grace).setOffline(true);
    cable.cut();
    const cutAt = performance.now();
    await grace.disconnected();
    const written = Array.from({ length: 5 }, (_, index) => `Written offline, ${index + 1}.`);
    for (const text of written) {
      await grace.say(text);
      await grace.message(text).getByText("Is sent as soon as the connection is back.").waitFor();
    }
    await ada.say("Grace, are you there?");
    await grace.picture("written-offline");
    await until("ten seconds are over", async () => performance.now() - cutAt >= OUTAGE_MS);
    assert.equal(await grace.message("Is sent as soon").count(), written.length, "all are shown");
    assert.equal(await ada.message("Written offline").count(), 0, "none has arrived");

    cable.mend();
    await contextOf(grace).setOffline(false);
    await grace.connected();
    for (const text of written) await ada.hears(text);
    await grace.hears("Grace, are you there?");
    await grace.message("Is sent as soon").first().waitFor({ state: "detached" });
    const all = ["Before the outage.", "Grace, are you there?", ...written];
    assert.deepEqual(await ada.transcript(), all);
    assert.deepEqual(await grace.transcript(), all);
  });

  it("keeps what was written offline through a reload of the page", async () => {
    cable.cut();
    await grace.disconnected();
    await grace.say("Written, and reloaded.");
    await grace.message("Is sent as soon as the connection is back.").waitFor();
    cable.mend();
    await grace.page.reload();
    await grace.connected();
    await ada.hears("Written, and reloaded.");
    await grace.hears("Written, and reloaded.");
  });

  it("goes on without WebSockets, and takes the socket back when it can", async () => {
    const before = cable.sockets;
    cable.refuseSockets();
    cable.cut();
    await grace.disconnected();
    cable.mend();
    await isConnectedBy(grace, "fallback");
    await grace.picture("fallback");

    await grace.say("Said by request.");
    await ada.hears("Said by request.");
    await grace.hears("Said by request.");
    await ada.say("Heard by poll.");
    await grace.hears("Heard by poll.");
    await host({ type: "create_room", name: "Shelter" });
    await grace.room("Shelter").waitFor();
    await grace.join("Shelter");
    await ada.room("Shelter").getByText("Grace").waitFor();
    await grace.button("Raise hand").click();
    await ada.person("Grace").getByText("Hand raised").waitFor();
    await grace.button("Leave Shelter").click();
    await grace.isIn("Main");
    assert.equal(cable.sockets, before, "no socket got through");

    cable.admitSockets();
    // As after a change of network, which is when the browser says so.
    await contextOf(grace).setOffline(true);
    await contextOf(grace).setOffline(false);
    await isConnectedBy(grace, "open");
    assert.ok(cable.sockets > before, "a socket again");
    await ada.say("By socket again.");
    await grace.hears("By socket again.");
    assert.deepEqual(await grace.transcript(), await ada.transcript());
  });

  it("survives that the service is killed under open pages", async () => {
    await host({ type: "create_room", name: "Harbour" });
    await ada.join("Harbour");
    await grace.join("Harbour");
    await ada.say("Just before.");
    await grace.hears("Just before.");
    await server.kill();
    await Promise.all([ada.disconnected(), grace.disconnected()]);
    await ada.say("Ada, meanwhile.");
    await grace.say("Grace, meanwhile.");
    await server.start();
    await Promise.all([ada.connected(), grace.connected()]);
    for (const person of [ada, grace]) {
      await person.hears("Ada, meanwhile.");
      await person.hears("Grace, meanwhile.");
      await person.isIn("Harbour");
    }
    assert.deepEqual(await ada.transcript(), await grace.transcript());
  });

  it("goes on while the host reloads in the middle of a round", async () => {
    await host({ type: "close_rooms", countdownMs: 0 });
    await ada.isIn("Main");
    await host({ type: "open_rooms", durationMs: 30 * 60_000 });
    await ada.join("Harbour");
    await grace.join("Harbour");
    const ends = await grace.room("Harbour").getByRole("timer").textContent();
    assert.match(ends ?? "", /^(30:00|29:\d\d)$/);
    const reloaded = ada.page.reload();
    await grace.say("While the host is away.");
    await reloaded;
    await ada.connected();
    await ada.isIn("Harbour");
    await ada.hears("While the host is away.");
    assert.match(
      (await ada.room("Harbour").getByRole("timer").textContent()) ?? "",
      /^(30:00|29:\d\d)$/,
    );
    await ada.button("Recall everyone").first().click();
    await grace.isIn("Main");
  });

  it("made no page complain", () => {
    assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  });
});
