// @vitest-environment happy-dom
import { FakeServer } from "@flagship/core/testing";
import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FlagshipBreakoutRoomManager } from "../../src/index.ts";
import { open } from "./page.tsx";

vi.mock("../../src/shared/use-virtual-rows.ts", () => ({
  useVirtualRows: <T,>(items: readonly T[], keyOf: (item: T) => string) => ({
    list: { current: null },
    style: {},
    rows: items.map((item) => ({ key: keyOf(item), item, place: {} })),
  }),
}));

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

/** Grace is in Blue, and her page is open. */
async function inBlue() {
  const server = new FakeServer();
  server.session();
  server.act("ada", { type: "create_room", name: "Blue" });
  const [blue = ""] = server.session().rooms.keys();
  server.act("grace", { type: "join_room", roomId: blue });
  const page = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server, who: "grace" });
  await screen.findByRole("heading", { name: "Blue" });
  const says = (content: string, roomIds?: string[]) =>
    act(async () => {
      await server.clock.advance(1);
      server.act("ada", { type: "broadcast", content, ...(roomIds && { roomIds }) });
      await server.clock.advance(2_000);
    });
  return { ...page, blue, says };
}

const banner = () => screen.queryByRole("region", { name: "Announcements" });
const announced = () =>
  banner()
    ? within(banner() as HTMLElement)
        .getAllByRole("listitem")
        .map((item) => item.querySelector(".flagship-content")?.textContent)
    : [];

describe("an announcement to everyone", () => {
  test("stands before somebody in a room until they dismiss it, and is read out once", async () => {
    const { says, user } = await inBlue();
    expect(banner()).toBeNull();
    await says("Five minutes left");
    expect(announced()).toEqual(["Five minutes left"]);
    expect(screen.getByRole("status").textContent).toContain(
      "Announcement of ada: Five minutes left",
    );
    await says("Come back now");
    expect(announced()).toEqual(["Come back now", "Five minutes left"]);

    const buttons = screen.getAllByRole("button", { name: "Dismiss the announcement of ada" });
    await user.click(buttons[0] as HTMLElement);
    expect(announced()).toEqual(["Five minutes left"]);
    await user.click(screen.getByRole("button", { name: "Dismiss the announcement of ada" }));
    expect(banner()).toBeNull();
  });

  test("survives a reload until it is dismissed, however much is said after it", async () => {
    const { says, server, user, unmount } = await inBlue();
    await says("Five minutes left");
    await says("Come back now");
    const [last] = screen.getAllByRole("button", { name: "Dismiss the announcement of ada" });
    await user.click(last as HTMLElement);
    for (let number = 0; number < 80; number += 1) {
      server.act("ada", { type: "send_message", roomId: "main", content: `said ${number}` });
    }
    unmount();
    await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server, who: "grace" });
    await act(() => server.clock.advance(1_000));
    expect(announced()).toEqual(["Five minutes left"]);
    // Not read out again: it was before.
    expect(screen.getByRole("status").textContent).not.toContain("Announcement");
  });

  test("is told to its sender as seen by those before whom it stood", async () => {
    const { says, server } = await inBlue();
    server.act("ada", { type: "send_message", roomId: "main", content: "said before" });
    await says("Five minutes left");
    await act(() => server.clock.advance(10_000));
    const receipts = server.session().receipts("main");
    const place = server.session().head("room:main");
    expect(receipts).toMatchObject({ read: [], announced: [[place, 1]] });
  });

  test("is taken away when it is deleted, and never stands before who said it", async () => {
    const { says, server } = await inBlue();
    await says("A mistake");
    const [said] = server.session().messages(["room:main"]);
    await act(async () => {
      server.act("ada", { type: "delete_message", messageId: said?.id ?? "" });
      await server.clock.advance(1_000);
    });
    expect(banner()).toBeNull();
    cleanup();
    await says("Five minutes left");
    await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server, who: "ada" });
    await act(() => server.clock.advance(1_000));
    expect(banner()).toBeNull();
  });

  test("of before somebody came does not stand before them", async () => {
    const server = new FakeServer();
    server.session();
    server.act("ada", { type: "broadcast", content: "Long ago" });
    await server.clock.advance(60_000);
    await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server, who: "grace" });
    await act(() => server.clock.advance(1_000));
    expect(banner()).toBeNull();
  });
});

describe("an announcement to some rooms", () => {
  test("stands before the people in them", async () => {
    const { says, blue } = await inBlue();
    await says("Blue, hurry", [blue]);
    expect(announced()).toEqual(["Blue, hurry"]);
    expect(banner()?.textContent).toContain("Blue");
  });

  test("is counted in the dialog of who sent it, in all of its rooms", async () => {
    const server = new FakeServer();
    server.session();
    for (const name of ["Blue", "Red"]) server.act("ada", { type: "create_room", name });
    const [blue = "", red = ""] = server.session().rooms.keys();
    server.act("grace", { type: "join_room", roomId: blue });
    server.act("ben", { type: "join_room", roomId: red });
    const { user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server });
    await user.click(await screen.findByRole("button", { name: "Message to all…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("checkbox", { name: "Blue" }));
    await user.click(within(dialog).getByRole("checkbox", { name: "Red" }));
    await user.type(within(dialog).getByRole("textbox"), "Hurry");
    await user.click(within(dialog).getByRole("button", { name: "Send to 2 rooms" }));
    await act(() => server.clock.advance(2_000));
    expect(await within(dialog).findByText("Seen by 0 of 2")).toBeTruthy();
    const place = server.session().head(`room:${blue}`);
    await act(async () => {
      server.session().reach("grace", {
        received: { [`room:${blue}`]: place },
        read: {},
        announced: { [`room:${blue}`]: place },
      });
      await server.clock.advance(2_000);
    });
    expect(await within(dialog).findByText("Seen by 1 of 2", {}, { timeout: 8_000 })).toBeTruthy();
  }, 15_000);
});
