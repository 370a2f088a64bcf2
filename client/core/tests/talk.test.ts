import { describe, expect, it } from "vitest";
import type { SearchPage } from "../src/index.ts";
import type { Sockets } from "../src/testing/index.ts";
import { follow, twoPeople } from "./support/fake.ts";

describe.each<Sockets>(["open", "blocked"])(
  "what was said, with sockets that are %s",
  (sockets) => {
    async function scene() {
      const { server, ada, grace, done } = await twoPeople(sockets);
      const [first] = [await done(ada.commands.sendMessage("main", "frist"))];
      const inMain = () => grace.store.getState().messages.main?.items ?? [];
      return { server, ada, grace, done, first, inMain };
    }

    it("is edited, answered, reacted to and taken back, for everybody", async () => {
      const { ada, grace, done, first, inMain } = await scene();
      await done(ada.commands.editMessage(first.id, "first"));
      const answer = await done(
        grace.commands.sendMessage("main", "second", { replyTo: first.id, mentions: ["ada"] }),
      );
      await done(grace.commands.reactToMessage(first.id, "👍", true));
      expect(inMain()).toMatchObject([
        { content: "first", reactions: [{ emoji: "👍", participantIds: ["grace"] }] },
        { id: answer.id, replyTo: first.id, mentions: ["ada"] },
      ]);
      await done(ada.commands.deleteMessage(first.id));
      expect(inMain()[0]).toMatchObject({ content: "", deletedBy: "ada" });
      await expect(done(grace.commands.editMessage(first.id, "mine"))).rejects.toMatchObject({
        code: "forbidden",
      });
    });

    it("is found again page by page, by those who may read it", async () => {
      const { server, ada, grace, done } = await scene();
      await done(ada.commands.sendMessage("main", "Au Café de Flore"));
      await done(grace.commands.sendMessage("main", "a café in Blue"));
      await done(ada.commands.sendDirectMessage("grace", "CAFE, just you"));
      await follow(server, "linus");
      const found = (page: SearchPage) =>
        [...(page.directMessages ?? []), ...page.messages].map(({ content }) => content);
      const newest = await done(grace.search("cafe", { limit: 2 }));
      expect(found(newest)).toEqual(["CAFE, just you", "a café in Blue"]);
      const rest = await done(grace.search("cafe", { limit: 2, before: newest.before }));
      expect([found(rest), rest.before]).toEqual([["Au Café de Flore"], null]);
      const inMain = await done(grace.search("cafe", { room: "main" }));
      expect(found(inMain)).toEqual(["a café in Blue", "Au Café de Flore"]);
      await expect(done(grace.search(" "))).rejects.toMatchObject({ code: "invalid" });
    });

    it("directly is seen by two, and stays with who wrote it when it is refused", async () => {
      const { server, ada, grace, done } = await scene();
      const sent = ada.commands.sendDirectMessage("grace", "between us");
      expect(ada.store.getState().pendingDirect).toMatchObject([
        { recipientId: "grace", content: "between us", state: "sending", error: null },
      ]);
      await done(sent);
      expect(ada.store.getState().pendingDirect).toEqual([]);
      for (const { store } of [ada, grace]) {
        const direct = store.getState().own.directMessages ?? [];
        expect(direct.map(({ content }) => content)).toEqual(["between us"]);
      }
      server.act("ada", { type: "mute_participant", participantId: "grace", muted: true });
      await expect(done(grace.commands.sendDirectMessage("ada", "and you?"))).rejects.toMatchObject(
        {
          code: "muted",
        },
      );
      const [refused] = grace.store.getState().pendingDirect;
      expect(refused).toMatchObject({
        content: "and you?",
        state: "failed",
        error: { code: "muted" },
      });
      grace.discardMessage(refused?.commandId ?? "");
      expect(grace.store.getState().pendingDirect).toEqual([]);
    });
  },
);
