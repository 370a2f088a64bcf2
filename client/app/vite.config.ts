import { defineConfig } from "vite";
import { serviceWorker } from "./vite/service-worker.ts";

export default defineConfig({
  plugins: [serviceWorker()],
  build: {
    target: "es2023",
    // Small files would otherwise become data: addresses, which the page's security policy refuses.
    assetsInlineLimit: 0,
  },
});
