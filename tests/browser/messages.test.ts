// What becomes of messages that are refused, and of those that are further back.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { post } from "./support/api.ts";
import { isAccessible } from "./support/axe.ts";
import { startBrowser } from "./support/browser.ts";
import { startServer } from "./support/server.ts";

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

  it("further back are loaded on demand, and the reader keeps their place", async () => {
    const { token } = await post<{ token: string }>(server, "/api/dev/token", { alias: "Bot" });
    type Created = { session: { id: string } };
    const { session } = await post<Created>(server, "/api/sessions", { title: "History" }, token);
    const said = Array.from({ length: 120 }, (_, index) => `Message ${index + 1}`);
    for (const content of said) {
      await post(
        server,
        `/api/sessions/${session.id}/messages`,
        { roomId: "main", content },
        token,
      );
    }

    const grace = await people.open("Grace", `/s/${session.id}`);
    await grace.enter();
    assert.deepEqual(await grace.transcript(), said.slice(-50));

    const older = grace.page.getByRole("button", { name: "Load older messages" });
    await older.focus();
    await older.press("Enter");
    await grace.message("Message 21").first().waitFor();
    assert.ok(await isInSight("Message 71"), "what was at the top is still in sight");
    assert.deepEqual(await grace.transcript(), said.slice(-100));

    await older.click();
    await grace.message("Message 20").first().waitFor();
    await older.waitFor({ state: "detached" });
    assert.deepEqual(await grace.transcript(), said);

    async function isInSight(text: string): Promise<boolean> {
      const list = await grace.page.getByRole("log").boundingBox();
      const item = await grace.page.getByText(text, { exact: true }).boundingBox();
      return !!list && !!item && item.y >= list.y && item.y < list.y + list.height;
    }
  });
});
