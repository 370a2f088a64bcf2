import { FakeServer, settled, tokenOf } from "@flagship/core/testing";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, StrictMode } from "react";
import { vi } from "vitest";
import { FlagshipProvider } from "../../src/index.ts";

// What the DOM of these tests has not, and what only measures or paints.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

// What the components fetch later is here before any test waits for it: how long that takes is the machine's affair.
await Promise.all([
  import("../../src/manager/workspace.tsx"),
  import("../../src/status/status-panel.tsx"),
]);

/** The token of whoever looks: to be found nowhere on the page. */
export const TOKEN_OF_ADA = tokenOf("ada");

/** Somebody's page with these components on it, connected to a service in memory. */
export async function open(
  children: ReactNode,
  { server = new FakeServer(), who = "ada" }: { server?: FakeServer; who?: string } = {},
) {
  server.session();
  const page = render(
    <StrictMode>
      <FlagshipProvider
        url={server.url}
        getToken={() => tokenOf(who)}
        environment={server.environment()}
      >
        {children}
      </FlagshipProvider>
    </StrictMode>,
  );
  await settled();
  return { server, user: userEvent.setup(), ...page };
}
