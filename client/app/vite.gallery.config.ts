import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Apart from the app: nothing of it is served to anybody.
export default defineConfig({
  root: here("gallery"),
  publicDir: here("public"),
  build: {
    target: "es2023",
    outDir: here("../../build/gallery"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
  },
});
