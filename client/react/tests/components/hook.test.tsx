// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { flagshipBreakoutService, useFlagshipBreakoutRoom } from "../../src/index.ts";
import { open } from "./page.tsx";

afterEach(cleanup);

function Rooms({ label }: { label: string }) {
  const { session, self, rooms, currentRoom, commands } = useFlagshipBreakoutRoom("s1");
  return (
    <section aria-label={label}>
      <p>{session ? `${self?.alias} is in ${currentRoom?.name ?? "main"}` : "Connecting"}</p>
      <ul>
        {rooms.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <button type="button" onClick={() => void commands.createRoom({ name: "Blue" })}>
        Create
      </button>
    </section>
  );
}

describe("useFlagshipBreakoutRoom", () => {
  test("enters a session and tells of it, over one connection for all, in strict mode too", async () => {
    const { server, user } = await open(
      <>
        <Rooms label="first" />
        <Rooms label="second" />
      </>,
    );
    expect(await screen.findAllByText(/is in main$/)).toHaveLength(2);
    await user.click(screen.getAllByRole("button", { name: "Create" })[0] as HTMLElement);
    expect(await screen.findAllByText("Blue")).toHaveLength(2);
    expect(server.opened).toBe(1);
  });

  test("shares its connection with the services, which need no set-up beside the provider", async () => {
    const { server } = await open(<Rooms label="only" />);
    await screen.findByText(/is in main$/);
    await flagshipBreakoutService.createBreakoutRoom("s1", { name: "Red" });
    expect(await screen.findByText("Red")).toBeTruthy();
    expect(server.opened).toBe(1);
  });

  test("lets go of the connection when nothing on the page needs it any more", async () => {
    const { server, unmount } = await open(<Rooms label="only" />);
    await screen.findByText(/is in main$/);
    unmount();
    await server.clock.advance(2_000);
    // Whoever still held it would connect again.
    server.cut();
    await server.clock.advance(120_000);
    expect(server.opened).toBe(1);
    await expect(flagshipBreakoutService.list("s1")).rejects.toMatchObject({
      code: "not_configured",
    });
  });

  test("says what is missing without a provider", () => {
    expect(() => render(<Rooms label="lost" />)).toThrow(/FlagshipProvider/);
  });
});
