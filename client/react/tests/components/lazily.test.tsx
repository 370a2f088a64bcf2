// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ComponentType } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Dialog } from "../../src/shared/dialog.tsx";
import { lazily } from "../../src/shared/lazily.tsx";
import { NoticesProvider } from "../../src/shared/notices.tsx";

afterEach(cleanup);

function Words({ say }: { say: string }) {
  return (
    <p>
      {say} <input aria-label="Answer" />
    </p>
  );
}

type Part = ComponentType<{ say: string }>;

/** Code that comes when the test says so. */
function code() {
  const asked: { resolve: (part: Part) => void; reject: (error: Error) => void }[] = [];
  const bring = vi.fn(
    () => new Promise<Part>((resolve, reject) => void asked.push({ resolve, reject })),
  );
  return { bring, asked };
}

describe("a part that is loaded later", () => {
  test("says that it is coming, and shows when it is there, at once the next time", async () => {
    const { bring, asked } = code();
    const Part = lazily(bring);
    const { unmount } = render(<Part say="Hello" />);
    expect(screen.getByText("Loading…")).toBeTruthy();
    await act(async () => asked[0]?.resolve(Words));
    expect(screen.getByText("Hello")).toBeTruthy();
    unmount();
    render(<Part say="Again" />);
    expect(screen.getByText("Again")).toBeTruthy();
    expect(bring).toHaveBeenCalledTimes(1);
  });

  test("can be fetched before it is shown, in vain too", async () => {
    const { bring, asked } = code();
    const Part = lazily(bring);
    const early = Part.fetch();
    asked[0]?.reject(new TypeError("the network is away"));
    await early;
    render(<Part say="Hello" meanwhile={<p>One moment</p>} />);
    expect(screen.getByText("One moment")).toBeTruthy();
    await act(async () => asked[1]?.resolve(Words));
    expect(screen.getByText("Hello")).toBeTruthy();
  });

  test("is tried again when somebody says so, and by itself when the network is back", async () => {
    const { bring, asked } = code();
    const Part = lazily(bring);
    render(<Part say="Hello" />);
    await act(async () => asked[0]?.reject(new TypeError("the network is away")));
    expect(screen.getByRole("alert").textContent).toContain("could not be loaded");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await act(async () => asked[1]?.reject(new TypeError("the network is away")));
    expect(screen.getByRole("alert")).toBeTruthy();
    await act(async () => window.dispatchEvent(new Event("online")));
    await act(async () => asked[2]?.resolve(Words));
    expect(screen.getByText("Hello")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("is silently away where nobody waits for it, until the network is back", async () => {
    const { bring, asked } = code();
    const Part = lazily(bring);
    const { container } = render(<Part say="Hello" meanwhile={null} />);
    expect(container.textContent).toBe("");
    await act(async () => asked[0]?.reject(new TypeError("the network is away")));
    expect(container.textContent).toBe("");
    await act(async () => window.dispatchEvent(new Event("online")));
    await act(async () => asked[1]?.resolve(Words));
    expect(screen.getByText("Hello")).toBeTruthy();
  });

  test("leaves the focus of its dialog where it is", async () => {
    const { bring, asked } = code();
    const Part = lazily(bring);
    render(
      <NoticesProvider>
        <Dialog title="Groups" description="Who goes where" onClose={() => {}}>
          <Part say="Hello" />
        </Dialog>
      </NoticesProvider>,
    );
    const heading = screen.getByRole("heading", { name: "Groups" });
    expect(document.activeElement).toBe(heading);
    await act(async () => asked[0]?.resolve(Words));
    expect(screen.getByRole("textbox", { name: "Answer" })).toBeTruthy();
    expect(document.activeElement).toBe(heading);
  });
});
