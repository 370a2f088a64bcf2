// The client packages' tests. What runs in workerd and in Chromium is in tests/, with Node's own runner.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["client/*/{src,tests}/**/*.test.{ts,tsx}"],
  },
});
