// A host's page with a hundred rooms and a thousand people in it.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { commandsOf, post } from "./support/api.ts";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import { type Smoothness, scrolling } from "./support/frames.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);

/** The host is one of the thousand. */
const OTHERS = 999;
const ROOMS = 100;

/** Requests under way at a time. */
const AT_ONCE = 20;

describe("a thousand people in a hundred rooms", () => {
  let ada: Person;
  let idle: Smoothness;

  before(async () => {
    ada = await people.open("Ada");
    await ada.startSession("Congress");
    const id = new URL(ada.page.url()).pathname.split("/").at(-1);
    const names = Array.from(
      { length: OTHERS },
      (_, index) => `Person ${String(index + 1).padStart(4, "0")}`,
    );
    const waiting = [...names];
    const enter = async () => {
      for (let alias = waiting.shift(); alias !== undefined; alias = waiting.shift()) {
        const { token } = await post<{ token: string }>(server, "/api/dev/token", { alias });
        const key = crypto.randomUUID();
        const command = { id: key, command: { type: "join_session" } };
        await post(server, `/api/sessions/${id}/commands`, command, token, key);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, enter));
    const host = await commandsOf(server, ada);
    const rooms = Array.from({ length: ROOMS }, (_, room) => ({
      name: `Table ${room + 1}`,
      guests: names.filter((_, index) => index % ROOMS === room),
    }));
    await host({ type: "create_rooms", rooms });
    await host({ type: "open_rooms" });
    await ada.region("People (1000)").waitFor();
    await ada.room("Table 1").getByText("Open").waitFor();
    const list = ada
      .region(/^People/)
      .getByRole("list")
      .last();
    idle = await scrolling(list, 0, 90);
    console.log("idle      ", JSON.stringify(idle));
  });

  it("are not all on the page, and pass by smoothly", async () => {
    const list = ada
      .region(/^People/)
      .getByRole("list")
      .last();
    const roster = await scrolling(list, 300, 600);
    console.log("1000 people", JSON.stringify(roster));
    isSmooth(roster);
    await list.evaluate((element) => element.closest(".pane")?.scrollTo(0, 1e6));
    await ada
      .person("Person 0999")
      .getByText(/^Offline, in Table/)
      .waitFor();
    assert.equal(await ada.person("Person 0999").getAttribute("aria-posinset"), "1000");
    assert.equal(await ada.person("Person 0999").getAttribute("aria-setsize"), "1000");
  });

  it("have rooms that pass by smoothly", async () => {
    const list = ada.region("Rooms").locator("ul.virtual");
    const rooms = await scrolling(list, 200, 600);
    console.log("100 rooms  ", JSON.stringify(rooms));
    isSmooth(rooms);
    await list.evaluate((element) => element.closest(".pane")?.scrollTo(0, 0));
  });

  it("are found by name, and so are their rooms", async () => {
    await ada.page.getByLabel("Find people").fill("0512");
    await ada.page.getByText("1 of 1000 people").waitFor();
    await ada.person("Person 0512").waitFor();
    await ada.page.getByLabel("Find rooms").fill("0512");
    await ada.page.getByText("1 of 100 rooms").waitFor();
    assert.equal(await ada.region("Rooms").locator("ul.virtual > li").count(), 1);
    await ada.page.getByLabel("Find rooms").fill("table 42");
    await ada.room("Table 42").waitFor();
    await ada.page.getByLabel("Find rooms").press("Escape");
    await ada.room("Table 1").waitFor();
    await ada.page.getByLabel("Find people").press("Escape");
    await isAccessible(ada, "a thousand people");
  });

  it("lose nothing that is half-written when they scroll away", async () => {
    await ada.room("Table 1").getByText("Manage").click();
    await ada.room("Table 1").getByLabel("Name").fill("Half a na");
    const pane = ada.region("Rooms");
    await pane.evaluate((element) => element.scrollTo(0, 1e6));
    await ada.room("Table 100").waitFor();
    await pane.evaluate((element) => element.scrollTo(0, 0));
    assert.equal(await ada.room("Table 1").getByLabel("Name").inputValue(), "Half a na");
    assert.deepEqual(ada.complaints, []);
  });

  /** What holds on any machine: little is on the page, and most frames come in time, as they do when nothing moves. */
  function isSmooth(found: Smoothness): void {
    assert.ok(found.frames > 90, `it scrolled: ${found.frames} frames`);
    assert.ok(found.rows <= 40, `rows on the page: ${found.rows}`);
    assert.ok(found.elements < 2_500, `elements on the page: ${found.elements}`);
    assert.ok(found.p50 < 2.5 * idle.p50, `half of the frames: ${found.p50}, idle ${idle.p50} ms`);
    const allowed = found.frames / 10 + (idle.longTasks / idle.frames) * found.frames;
    assert.ok(found.longTasks <= allowed, `long tasks: ${found.longTasks} of ${allowed}`);
  }
});
