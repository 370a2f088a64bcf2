// What becomes of messages that are refused, and of those that are further back.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { post } from "./support/api.ts";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import { startServer } from "./support/server.ts";
import { until } from "./support/until.ts";

const server = await startServer();
const people = await startBrowser(server.url);

describe("messages", () => {
  it("that are refused stay, say why, and can be sent again", async () => {
    const ada = await people.open("Ada");
    // The service as it is, but for one refusal.
    let refusals = 0;
    await ada.page.routeWebSocket(/\/socket$/, (socket) => {
      const service = socket.connectToServer();
      socket.onMessage((text) => {
        const frame = text === "ping" ? {} : JSON.parse(String(text));
        if (frame.command?.type !== "send_message" || refusals > 0) return service.send(text);
        refusals += 1;
        const error = {
          code: "not_in_room",
          message: "you are not in this room",
          retryable: false,
        };
        return socket.send(JSON.stringify({ type: "nack", id: frame.id, error }));
      });
    });
    await ada.startSession("Refusals");
    await ada.say("Is this heard?");
    await ada.message("Not sent: You are not in this room.").waitFor();
    await isAccessible(ada, "refused message");

    await ada.page.getByRole("button", { name: "Send again" }).click();
    await ada.hears("Is this heard?");
    assert.deepEqual(await ada.transcript(), ["Is this heard?"]);
    assert.deepEqual(ada.complaints, []);
  });

  it("further back come as one scrolls, and the reader keeps their place", async () => {
    const { token } = await post<{ token: string }>(server, "/api/dev/token", { alias: "Bot" });
    type Created = { session: { id: string } };
    const { session } = await post<Created>(server, "/api/sessions", { title: "History" }, token);
    const said = Array.from({ length: 120 }, (_, index) => `Message ${index + 1}`);
    const messages = `/api/sessions/${session.id}/messages`;
    for (const content of said) {
      await post(server, messages, { roomId: "main", content }, token);
    }

    const grace = await people.open("Grace", `/s/${session.id}`);
    await grace.enter();
    const log = grace.page.getByRole("log");
    await grace.hears("Message 120");
    assert.ok(await isInSight("Message 120"), "it opens at its end");

    // The page before it is held back until the reader's place is known.
    let go = () => {};
    const known = new Promise<void>((resolve) => {
      go = resolve;
    });
    await grace.page.route(/\/messages\?/, async (route) => {
      await known;
      await route.continue();
    });
    const older = grace.page.getByRole("button", { name: "Load older messages" });
    await older.focus();
    await grace.button("Loading…").waitFor();
    const at = await placeOf("Message 71");
    go();
    await grace.message("Message 70").waitFor();
    // New rows are measured once they are drawn: the place is kept in that frame, not before it.
    await until("what was at the top stands where it stood, to the pixel", async () => {
      return Math.abs((await placeOf("Message 71")) - at) <= 1;
    });

    await log.evaluate((element) => element.scrollTo(0, 0));
    await grace.message("Message 20").first().waitFor();
    await log.evaluate((element) => element.scrollTo(0, 0));
    await grace.message("Message 1").first().waitFor();
    assert.equal(await older.count(), 0, "there is nothing before the first");
    assert.ok((await grace.page.locator("[data-seq]").count()) < 60, "only what is near is held");
    assert.deepEqual(await grace.wholeTranscript(), said);
    const words = grace.page.locator(".flagship-content", { hasText: /^Message 1$/ });
    const first = log.getByRole("listitem").filter({ has: words });
    await log.evaluate((element) => element.scrollTo(0, 0));
    assert.equal(await first.getAttribute("aria-posinset"), "1");
    assert.equal(await first.getAttribute("aria-setsize"), "120");

    await post(server, messages, { roomId: "main", content: "Meanwhile" }, token);
    await grace.button(/1 new message$/).press("Enter");
    assert.ok(await isInSight("Meanwhile"), "the newest is one key away");
    await grace.page.getByRole("button", { name: /new message/ }).waitFor({ state: "detached" });

    async function isInSight(text: string): Promise<boolean> {
      const place = await placeOf(text);
      const list = await log.boundingBox();
      return !!list && place >= 0 && place < list.height;
    }

    /** How far below the upper edge of the list something stands. */
    async function placeOf(text: string): Promise<number> {
      const list = await log.boundingBox();
      const item = await log.getByText(text, { exact: true }).boundingBox();
      if (!list || !item) throw new Error(`not on the page: ${text}`);
      return Math.round(item.y - list.y);
    }
  });
});
