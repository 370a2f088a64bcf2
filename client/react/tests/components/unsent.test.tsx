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

/** Grace writes something in Blue without a network, and comes back when Blue has closed. */
async function unsent() {
  const server = new FakeServer();
  server.session();
  server.act("ada", { type: "create_room", name: "Blue" });
  const [blue = ""] = server.session().rooms.keys();
  server.act("grace", { type: "join_room", roomId: blue });
  const environment = { storage: sessionStorage };
  const page = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, {
    ...{ server, who: "grace", environment },
  });
  const { user } = page;
  const field = await screen.findByRole("textbox", { name: "Message to Blue" });
  server.isDown = true;
  await act(async () => server.cut());
  await user.type(field, "for Blue");
  await user.click(screen.getByRole("button", { name: "Send" }));
  server.act("ada", { type: "close_room", roomId: blue });
  server.isDown = false;
  await act(() => server.clock.advance(60_000));
  return { ...page, blue, environment };
}

const tray = () => screen.queryByRole("region", { name: "Messages that were not sent" });

describe("a message whose room has closed before it was sent", () => {
  test("is shown where its writer is, and can be sent once the room is open again", async () => {
    const { server, user, blue } = await unsent();
    expect(tray()?.textContent).toContain("Not sent to Blue");
    expect(tray()?.textContent).toContain("for Blue");
    expect(server.session().head("room:main")).toBe(0);
    const send = () =>
      within(tray() as HTMLElement).getByRole<HTMLButtonElement>("button", {
        name: "Send to Blue",
      });
    expect(send().disabled).toBe(true);

    await act(async () => {
      server.act("ada", { type: "open_rooms", roomIds: [blue] });
      await server.clock.advance(1_000);
    });
    // Grace is not in the room: it is refused again, and stays.
    await user.click(send());
    await act(() => server.clock.advance(1_000));
    expect(tray()).not.toBeNull();
    await act(async () => {
      server.act("ada", { type: "move_participant", participantId: "grace", roomId: blue });
      await server.clock.advance(1_000);
    });
    // There it stands in the talk, with a way to send it again.
    expect(tray()).toBeNull();
    // Somewhere else it does not.
    await user.click(screen.getByRole("button", { name: /^Main/, pressed: false }));
    await user.click(send());
    await act(() => server.clock.advance(1_000));
    expect(server.session().head(`room:${blue}`)).toBe(1);
    expect(tray()).toBeNull();
  });

  test("can be copied and discarded, also after a reload", async () => {
    const { server, unmount, environment } = await unsent();
    unmount();
    const { user } = await open(<FlagshipBreakoutRoomManager sessionId="s1" />, {
      ...{ server, who: "grace", environment },
    });
    await act(() => server.clock.advance(2_000));
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(await screen.findByRole("button", { name: "Copy text" }));
    expect(write.mock.calls).toEqual([["for Blue"]]);
    await user.click(screen.getByRole("button", { name: "Drop" }));
    expect(tray()).toBeNull();
  });
});
