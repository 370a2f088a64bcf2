import { FakeServer, settled, tokenOf } from "@flagship/core/testing";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, StrictMode } from "react";
import { vi } from "vitest";
import { FlagshipProvider } from "../../src/index.ts";
import { LazyWorkspace } from "../../src/manager/lazy-workspace.ts";
import { LazyStatusPanel } from "../../src/status/lazy-status-panel.ts";

// What the DOM of these tests has not, and what only measures or paints.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

// What the components fetch later is there at once in the tests: how long it takes to come is the machine's affair. It
// is fetched as they do it, since an `import()` takes its time also of what was imported before.
await Promise.all([LazyWorkspace.fetch(), LazyStatusPanel.fetch()]);

/** The token of whoever looks: to be found nowhere on the page. */
export const TOKEN_OF_ADA = tokenOf("ada");

/** Somebody's page with these components on it, connected to a service in memory. */
export async function open(
  children: ReactNode,
  {
    server = new FakeServer(),
    who = "ada",
    environment = {},
  }: {
    server?: FakeServer;
    who?: string;
    environment?: Parameters<FakeServer["environment"]>[0];
  } = {},
) {
  server.session();
  const page = render(
    <StrictMode>
      <FlagshipProvider
        url={server.url}
        getToken={() => tokenOf(who)}
        environment={server.environment(environment)}
      >
        {children}
      </FlagshipProvider>
    </StrictMode>,
  );
  await settled();
  return { server, user: userEvent.setup(), ...page };
}
