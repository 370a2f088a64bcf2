// @vitest-environment happy-dom
import { CORE_VERSION, PROTOCOL_VERSION } from "@flagship/core";
import { FakeServer } from "@flagship/core/testing";
import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  FlagshipBreakoutRoomManager,
  FlagshipSystemStatus,
  REACT_VERSION,
} from "../../src/index.ts";
import { open, TOKEN_OF_ADA } from "./page.tsx";

afterEach(cleanup);

describe("FlagshipSystemStatus", () => {
  test("asks nothing and connects to nothing while it is hidden", async () => {
    const { server } = await open(<FlagshipSystemStatus sessionId="s1" isVisible={false} />);
    await server.clock.advance(60_000);
    expect(screen.queryByRole("region", { name: "Status" })).toBeNull();
    expect([server.opened, server.requests]).toEqual([0, []]);
  });

  test("tells of the connection, of what is sent, and of the service", async () => {
    const { server } = await open(
      <>
        <FlagshipBreakoutRoomManager sessionId="s1" />
        <FlagshipSystemStatus sessionId="s1" />
      </>,
    );
    for (const name of ["Connection", "How long things take", "Sending", "Service", "Report"]) {
      expect(await screen.findByRole("region", { name })).toBeTruthy();
    }
    expect(await screen.findByText("Requests are sent.")).toBeTruthy();
    // The fake server has no health to tell of.
    await server.clock.advance(20_000);
    expect(await screen.findByText("The service does not answer.")).toBeTruthy();
    expect(server.opened).toBe(1);
  });

  test("copies a report without a token, a name or a word that was said", async () => {
    const server = new FakeServer();
    server.session();
    server.act("ada", { type: "send_message", roomId: "main", content: "a secret of ours" });
    const fine = { ok: true, latencyMs: 3 };
    server.health = { status: "ok", version: "9.8.7", database: fine, sessionObject: fine };
    const { user } = await open(<FlagshipSystemStatus sessionId="s1" />, { server });
    const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await screen.findByText("Requests are sent.");
    const service = within(screen.getByRole("region", { name: "Service" }));
    await service.findByText("9.8.7");
    for (const name of ["@flagship/core", "@flagship/react", "the protocol", "the service"]) {
      service.getByText(`Version of ${name}`);
    }
    await user.click(screen.getByRole("button", { name: "Copy report" }));
    expect(await screen.findByText("The report is copied.")).toBeTruthy();

    const text = String(copied.mock.calls[0]?.[0]);
    const alias = server.session().members.get("ada")?.alias;
    const report = JSON.parse(text);
    expect(report).toMatchObject({
      sessionId: "s1",
      role: "host",
      connection: { phase: "open" },
      breaker: { state: "closed" },
      versions: {
        core: CORE_VERSION,
        react: REACT_VERSION,
        protocol: PROTOCOL_VERSION,
        service: "9.8.7",
      },
    });
    expect(report.connection.history.length).toBeGreaterThan(0);
    expect(text).not.toContain(TOKEN_OF_ADA);
    expect(text).not.toMatch(/bearer|eyJ|e30\./i);
    expect(text).not.toContain("a secret of ours");
    expect(text).not.toContain(`"${alias}"`);
  });
});
