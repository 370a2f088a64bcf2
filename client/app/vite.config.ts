import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2023",
    // Small files would otherwise become data: addresses, which the page's security policy refuses.
    assetsInlineLimit: 0,
  },
});
