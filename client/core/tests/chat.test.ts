import { describe, expect, it } from "vitest";
import type { DirectMessage, Message } from "../src/generated/protocol.ts";
import { expectedMessage } from "../src/state/said.ts";
import { connected } from "./support/connected.ts";
import { ack, events, message, said, welcome } from "./support/frames.ts";

const reacted = (messageId: string, emoji: string, participantId: string, added = true) =>
  ({ type: "message_reacted", roomId: "main", messageId, participantId, emoji, added }) as const;

function direct(id: string, more: Partial<DirectMessage> = {}): DirectMessage {
  return {
    id,
    senderId: "grace",
    senderAlias: "GRACE",
    recipientId: "ada",
    content: id,
    createdAt: 5,
    commandId: `c-${id}`,
    ...more,
  };
}

describe("what was said", () => {
  const begin = async () => {
    const world = await connected();
    world.socket().deliver(said(0, message("main", 1), message("main", 2)));
    const held = (seq: number): Message | undefined =>
      world.session.store.getState().messages.main?.items.find((it) => it.seq === seq);
    return { ...world, held };
  };

  it("changes where it stands, and nothing else with it", async () => {
    const { socket, held, session } = await begin();
    const other = held(2);
    const edited = { ...message("main", 1), content: "better", editedAt: 9, version: 102 };
    socket().deliver(events("room:main", 2, { type: "message_edited", message: edited }));
    expect(held(1)).toEqual(edited);
    expect(held(2)).toBe(other);
    expect(session.store.getState().messages.main?.items).toHaveLength(2);
  });

  it("says nothing any more once it is deleted, whatever was put to it", async () => {
    const { socket, held } = await begin();
    socket().deliver(events("room:main", 2, reacted("main-1", "👍", "ada")));
    const deletion = { type: "message_deleted", roomId: "main", messageId: "main-1" } as const;
    socket().deliver(events("room:main", 3, { ...deletion, deletedBy: "grace" }));
    expect(held(1)).toMatchObject({ content: "", deletedAt: 1, deletedBy: "grace" });
    expect(held(1)?.reactions).toBeUndefined();
  });

  it("gathers reactions by emoji, each person once", async () => {
    const { socket, held } = await begin();
    socket().deliver(
      events(
        "room:main",
        2,
        reacted("main-1", "👍", "grace"),
        reacted("main-1", "🎉", "ada"),
        reacted("main-1", "👍", "ada"),
        reacted("main-1", "👍", "ada"),
        reacted("main-1", "🎉", "ada", false),
      ),
    );
    expect(held(1)?.reactions).toEqual([{ emoji: "👍", participantIds: ["grace", "ada"] }]);
  });

  it("does not take in twice what a newer copy has already", async () => {
    const { socket, held } = await begin();
    const reactions = [{ emoji: "👍", participantIds: ["ada"] }];
    const copy = { ...message("main", 2), content: "later", reactions, version: 500 };
    socket().deliver(ack("unknown", { message: copy }));
    expect(held(2)).toEqual(copy);
    socket().deliver(events("room:main", 2, reacted("main-2", "👍", "ada", false)));
    expect(held(2)).toEqual(copy);
  });

  it("of messages that are not held changes nothing", async () => {
    const { socket, session } = await begin();
    const { messages } = session.store.getState();
    socket().deliver(events("room:main", 2, reacted("main-77", "👍", "ada")));
    expect(session.store.getState().messages).toBe(messages);
  });

  it("shows at once what one asks for, and as it is if that is refused", async () => {
    const { session, socket, held } = await begin();
    const seen = () => {
      const { unsettled, selfId } = session.store.getState();
      return expectedMessage(held(1) as Message, unsettled, selfId);
    };
    const asked = session.commands.reactToMessage("main-1", "👍", true);
    expect(seen().reactions).toEqual([{ emoji: "👍", participantIds: ["ada"] }]);
    const { id } = socket().commands.at(-1) as { id: string };
    socket().deliver({
      type: "nack",
      id,
      error: { code: "forbidden", message: "no", retryable: false, retryAfterMs: null },
    });
    await expect(asked).rejects.toThrow();
    expect(seen()).toBe(held(1));
  });
});

describe("direct messages", () => {
  it("begin with those of the snapshot and go on by events", async () => {
    const { session, socket } = await connected();
    const own = { help: [], profile: { about: null, tags: [] }, directMessages: [direct("a")] };
    socket().deliver(welcome({ streams: { session: 3, "participant:ada": 0 }, own }));
    const stream = "participant:ada";
    socket().deliver(events(stream, 0, { type: "direct_message_created", message: direct("b") }));
    const both = { senderId: "grace", recipientId: "ada", version: 70 };
    const reaction = { emoji: "👍", added: true, participantId: "ada", messageId: "a" };
    socket().deliver(events(stream, 1, { type: "direct_message_reacted", ...both, ...reaction }));
    socket().deliver(
      events(stream, 2, { type: "direct_message_deleted", ...both, messageId: "b" }),
    );
    expect(session.store.getState().own.directMessages).toMatchObject([
      { id: "a", reactions: [{ emoji: "👍", participantIds: ["ada"] }], version: 70 },
      { id: "b", content: "", deletedAt: 1, version: 70 },
    ]);
  });
});
