// The client packages' tests. What runs in workerd and in Chromium is in tests/, with Node's own runner.

import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

// The sources of the packages as they are, not what was built of them to be published.
const source = "flagship-source";

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    include: ["client/*/{src,tests}/**/*.test.{ts,tsx}"],
  },
});
