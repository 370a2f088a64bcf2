import { defaultClientConditions, defineConfig } from "vite";
import { quiet } from "./vite/quiet.ts";
import { serviceWorker } from "./vite/service-worker.ts";

export default defineConfig({
  plugins: [serviceWorker()],
  // The sources of the packages as they are, not what was built of them to be published.
  resolve: { conditions: ["flagship-source", ...defaultClientConditions] },
  build: {
    target: "es2023",
    // Small files would otherwise become data: addresses, which the page's security policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: { onwarn: quiet },
  },
});
