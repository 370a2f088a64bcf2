import type { Message, PendingMessage } from "@flagship/core";
import { describe, expect, it } from "vitest";
import { rowsOf, unreadOf } from "../../src/chat/rows.ts";

const NOON = new Date(2026, 4, 5, 12).getTime();
const MINUTE = 60_000;

function message(seq: number, senderId: string, at: number, more: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    roomId: "main",
    seq,
    senderId,
    senderAlias: senderId,
    content: `Message ${seq}`,
    createdAt: at,
    commandId: `c${seq}`,
    ...more,
  };
}

const pending = (id: string, at: number): PendingMessage => ({
  commandId: id,
  roomId: "main",
  state: "queued",
  content: id,
  createdAt: at,
  error: null,
});

const rows = (items: Message[], own: PendingMessage[] = [], seenUpTo: number | null = null) =>
  rowsOf({ items, pending: own, selfId: "ada", seenUpTo });

describe("the rows of a room", () => {
  it("stand under one name while one person goes on", () => {
    const said = rows([
      message(1, "ada", NOON),
      message(2, "ada", NOON + MINUTE),
      message(3, "grace", NOON + MINUTE),
      message(4, "grace", NOON + 5 * MINUTE),
    ]);
    expect(said.map(({ isContinued }) => isContinued)).toEqual([false, true, false, false]);
  });

  it("never hide that something was said to many", () => {
    const said = rows([
      message(1, "ada", NOON),
      message(2, "ada", NOON, { broadcast: true }),
      message(3, "ada", NOON),
    ]);
    expect(said.map(({ isContinued }) => isContinued)).toEqual([false, false, false]);
  });

  it("say when a day begins, and then who speaks", () => {
    const night = new Date(2026, 4, 5, 23, 59, 30).getTime();
    const said = rows([message(1, "ada", night), message(2, "ada", night + MINUTE)]);
    expect(said.map(({ isNewDay }) => isNewDay)).toEqual([true, true]);
    expect(said[1]?.isContinued).toBe(false);
  });

  it("mark the first that others wrote since, once", () => {
    const said = rows(
      [
        message(1, "grace", NOON),
        message(2, "ada", NOON),
        message(3, "grace", NOON),
        message(4, "grace", NOON),
      ],
      [],
      1,
    );
    expect(said.map(({ isFirstUnread }) => isFirstUnread)).toEqual([false, false, true, false]);
    expect(rows([message(1, "grace", NOON)]).some(({ isFirstUnread }) => isFirstUnread)).toBe(
      false,
    );
  });

  it("keep the key of a message of one's own when it is settled, and of no other", () => {
    const before = rows([message(1, "grace", NOON)], [pending("c2", NOON)]);
    const after = rows([message(1, "grace", NOON), message(2, "ada", NOON)]);
    expect(before.map(({ key }) => key)).toEqual(["m1", "c2"]);
    expect(after.map(({ key }) => key)).toEqual(["m1", "c2"]);
  });

  it("put what is on its way under one's own name", () => {
    const own = rows([message(1, "ada", NOON)], [pending("c2", NOON + 1)]);
    const others = rows(
      [message(1, "grace", NOON)],
      [pending("c2", NOON + 1), pending("c3", NOON + 2)],
    );
    expect(own[1]?.isContinued).toBe(true);
    expect(others.map(({ isContinued }) => isContinued)).toEqual([false, false, true]);
  });
});

describe("what parts the messages of a room", () => {
  const said = [
    message(2, "grace", NOON),
    message(4, "grace", NOON),
    message(9, "grace", NOON),
    message(12, "grace", NOON),
  ];
  const parted = (more: Pick<Parameters<typeof rowsOf>[0], "gaps" | "rounds">) =>
    rowsOf({ items: said, pending: [], selfId: "ada", seenUpTo: null, ...more });

  it("is a stretch that the reader may not read, also before the first", () => {
    const gaps = [
      { after: 0, before: 2 },
      { after: 4, before: 8 },
    ];
    const withGaps = parted({ gaps });
    expect(withGaps.map(({ isAfterGap }) => isAfterGap)).toEqual([true, false, true, false]);
    expect(withGaps.map(({ isContinued }) => isContinued)).toEqual([false, true, false, true]);
    expect(parted({}).some(({ isAfterGap }) => isAfterGap)).toBe(false);
  });

  it("is the opening for another round, or once more for the same", () => {
    const rounds = [
      { round: 1, after: 0 },
      { round: 2, after: 4 },
      { round: 2, after: 10 },
    ];
    const opened = parted({ rounds });
    expect(opened.map(({ opening }) => opening)).toEqual([
      undefined,
      undefined,
      { round: 2, isNewRound: true },
      { round: 2, isNewRound: false },
    ]);
    expect(opened.map(({ isContinued }) => isContinued)).toEqual([false, true, false, false]);
  });

  it("is one opening where nothing was said after another", () => {
    const rounds = [
      { round: 1, after: 0 },
      { round: 2, after: 5 },
      { round: 3, after: 6 },
    ];
    expect(parted({ rounds })[2]?.opening).toEqual({ round: 3, isNewRound: true });
  });
});

describe("what is unread", () => {
  it("is what others wrote after the last that was seen", () => {
    const items = [
      message(1, "grace", NOON),
      message(2, "grace", NOON),
      message(3, "ada", NOON),
      message(4, "grace", NOON),
    ];
    expect(unreadOf(items, 1, "ada")).toBe(2);
    expect(unreadOf(items, 4, "ada")).toBe(0);
    expect(unreadOf([], 0, "ada")).toBe(0);
  });
});
