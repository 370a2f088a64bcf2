// @vitest-environment happy-dom
import { FakeServer } from "@flagship/core/testing";
import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FlagshipBreakoutRoomManager } from "../../src/index.ts";
import { open } from "./page.tsx";

// Without a layout there is no room for any row of a long list.
vi.mock("../../src/shared/use-virtual-rows.ts", () => ({
  useVirtualRows: <T,>(items: readonly T[], keyOf: (item: T) => string) => ({
    list: { current: null },
    style: {},
    rows: items.map((item) => ({ key: keyOf(item), item, place: {} })),
  }),
}));

afterEach(cleanup);

const room = (name: string) =>
  screen
    .getAllByRole("listitem")
    .find((item) => within(item).queryByRole("heading", { name }) !== null) as HTMLElement;

describe("FlagshipBreakoutRoomManager", () => {
  test("lets the host create a room, and tells the page where the host is", async () => {
    const [onJoinRoom, onLeaveRoom] = [vi.fn(), vi.fn()];
    const { user } = await open(
      <FlagshipBreakoutRoomManager
        sessionId="s1"
        currentUser={{ id: "ada" }}
        onJoinRoom={onJoinRoom}
        onLeaveRoom={onLeaveRoom}
      />,
    );
    await user.type(screen.getByRole("textbox", { name: "New room" }), "Blue");
    await user.click(screen.getByRole("button", { name: "Create room" }));
    await user.click(await screen.findByRole("button", { name: "Join Blue" }));
    await within(room("Blue")).findByText("You are here");
    expect(onJoinRoom.mock.calls.map(([{ name }]) => name)).toEqual(["Blue"]);
    expect(onLeaveRoom).not.toHaveBeenCalled();

    await user.click(screen.getByRole("button", { name: "Leave Blue" }));
    await within(room("Main")).findByText("You are here");
    expect(onLeaveRoom.mock.calls.map(([{ name }]) => name)).toEqual(["Blue"]);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("keeps the name of the next room that is typed before the answer is here", async () => {
    const { server, user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />);
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "New room" });
    server.isDown = true;
    await act(async () => server.cut());
    await user.type(field, "Blue");
    await user.click(screen.getByRole("button", { name: "Create room" }));
    expect(field.value).toBe("");
    await user.type(field, "Red");
    server.isDown = false;
    await act(() => server.clock.advance(60_000));
    await screen.findByRole("button", { name: "Join Blue" });
    expect(field.value).toBe("Red");
  });

  test("shows a change at once, and undoes and explains it when it is refused", async () => {
    const server = new FakeServer();
    server.session();
    server.act("ada", { type: "create_room", name: "Blue" });
    const { user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server });
    await screen.findByRole("heading", { name: "Blue" });
    await user.click(within(room("Blue")).getByText(/^Manage/));

    // Another host has taken the right away, and this page does not know it yet.
    const ada = server.session().members.get("ada");
    if (ada) ada.role = "participant";
    const name = within(room("Blue")).getByRole("textbox", { name: "Name" });
    await user.clear(name);
    await user.type(name, "Green");
    await user.click(within(room("Blue")).getByRole("button", { name: "Rename" }));
    const told = await within(screen.getByRole("status")).findByText(/hosts and moderators|host/i);
    expect(told).toBeTruthy();
    expect(screen.queryByRole("heading", { name: "Green" })).toBeNull();
    expect(screen.getByRole("heading", { name: "Blue" })).toBeTruthy();
  });

  test("does not take people from where another host put them unseen, and says so", async () => {
    const server = new FakeServer();
    server.session();
    for (const name of ["Blue", "Red"]) server.act("ada", { type: "create_room", name });
    const [blue, red] = [...server.session().rooms.keys()];
    const { user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server });
    await screen.findByRole("heading", { name: "Blue" });
    // This page hears of nothing more, and goes on from what it shows.
    const ada = server.session().members.get("ada");
    if (ada) ada.roomId = red ?? "";
    await user.click(screen.getByRole("button", { name: "Join Blue" }));
    await within(screen.getByRole("status")).findByText(/meanwhile/);
    expect([ada?.roomId, blue === undefined]).toEqual([red, false]);
  });

  test("goes from room to room as fast as one likes, which is nobody else's doing", async () => {
    const server = new FakeServer();
    server.session();
    for (const name of ["Blue", "Red"]) server.act("ada", { type: "create_room", name });
    const { user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server });
    await screen.findByRole("heading", { name: "Blue" });
    server.isDown = true;
    await act(async () => server.cut());
    await user.click(screen.getByRole("button", { name: "Join Blue" }));
    await user.click(screen.getByRole("button", { name: "Join Red" }));
    server.isDown = false;
    await act(() => server.clock.advance(60_000));
    await within(room("Red")).findByText("You are here");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("keeps what was asked for without a connection, and shows it until it is done", async () => {
    const { server, user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />);
    const field = await screen.findByRole("textbox", { name: "New room" });
    server.isDown = true;
    await act(async () => server.cut());
    expect(await screen.findByText(/^Connection lost, trying/)).toBeTruthy();
    await user.type(field, "Blue");
    await user.click(screen.getByRole("button", { name: "Create room" }));
    expect(await screen.findByText("Being created…")).toBeTruthy();
    expect(server.session().rooms.size).toBe(0);

    // Nobody presses anything: it connects by itself, and does what was asked for.
    server.isDown = false;
    await act(() => server.clock.advance(60_000));
    expect(await screen.findByRole("button", { name: "Join Blue" })).toBeTruthy();
    expect(server.session().rooms.size).toBe(1);
    expect(screen.queryByText("Being created…")).toBeNull();
  });

  test("says so when the page takes the person for somebody else", async () => {
    await open(
      <FlagshipBreakoutRoomManager sessionId="s1" currentUser={{ id: "grace", name: "Grace" }} />,
    );
    expect((await screen.findByRole("alert")).textContent).toContain("Grace");
  });

  test("shows to hosts who should come and has not", async () => {
    const people = [
      { id: "ada", name: "Ada" },
      { id: "linus", name: "Linus" },
    ];
    const { user } = await open(
      <FlagshipBreakoutRoomManager sessionId="s1" participants={people} />,
    );
    const missing = await screen.findByRole("complementary", { name: "Not here yet" });
    await user.click(within(missing).getByText("Not here yet (1)"));
    expect(within(missing).getByText("Linus")).toBeTruthy();
    expect(within(missing).queryByText("Ada")).toBeNull();
  });

  test("shows what somebody asks in the direction that it is written in", async () => {
    const server = new FakeServer();
    server.session();
    server.act("grace", { type: "join_session" });
    server.act("grace", { type: "ask_for_help", kind: "help", text: "من يبدأ؟" });
    await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server });
    expect(screen.getByText("من يبدأ؟").dir).toBe("auto");
  });

  test("offers a participant nothing that only hosts may do", async () => {
    const server = new FakeServer();
    server.session();
    server.act("ada", { type: "create_room", name: "Blue" });
    await open(<FlagshipBreakoutRoomManager sessionId="s1" />, { server, who: "grace" });
    await screen.findByRole("heading", { name: "Blue" });
    for (const name of ["Create room", /^Move /, "Debrief…", "Message to all…"]) {
      expect(screen.queryByRole("button", { name }), String(name)).toBeNull();
    }
    expect(screen.queryByText(/^Manage/)).toBeNull();
  });
});
