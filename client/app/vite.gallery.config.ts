import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { quiet } from "./vite/quiet.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Apart from the app: nothing of it is served to anybody.
export default defineConfig({
  root: here("gallery"),
  publicDir: here("public"),
  resolve: { conditions: ["flagship-source", ...defaultClientConditions] },
  build: {
    target: "es2023",
    outDir: here("../../build/gallery"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: { onwarn: quiet },
  },
});
