// Builds the service worker and gives it the list of what it keeps: every file of the page, with a fingerprint each.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin } from "vite";

const app = fileURLToPath(new URL("../", import.meta.url));

/** What the browser asks for by itself, or only while it installs the page. */
const LEFT_OUT = /^(_headers|manifest\.webmanifest|icons\/|sw\.js)/;

const fingerprint = (content: string | Uint8Array) =>
  createHash("sha256").update(content).digest("hex").slice(0, 16);

/** `sw.js` beside the page. */
export function serviceWorker(): Plugin {
  return {
    name: "flagship-service-worker",
    apply: "build",
    // After the page itself, which Vite makes last.
    enforce: "post",
    async generateBundle(_, bundle) {
      const built = Object.values(bundle).map((file) => ({
        url: file.fileName,
        revision: fingerprint(file.type === "chunk" ? file.code : file.source),
      }));
      const fixed = readdirSync(join(app, "public"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(app, "public/").length))
        .map((url) => ({ url, revision: fingerprint(readFileSync(join(app, "public", url))) }));
      if (!bundle["index.html"]) this.error("the service worker would not know the page");
      const entries = [...built, ...fixed]
        .filter(({ url }) => !LEFT_OUT.test(url))
        // The page is at every address, and the server gives it at this one without a redirect.
        .map(({ url, revision }) => ({ url: url === "index.html" ? "/" : `/${url}`, revision }));
      const { outputFiles } = await build({
        entryPoints: [join(app, "src/offline/sw.ts")],
        bundle: true,
        minify: true,
        write: false,
        format: "iife",
        target: "es2023",
        define: {
          "self.__WB_MANIFEST": JSON.stringify(entries),
          "process.env.NODE_ENV": '"production"',
        },
      });
      this.emitFile({ type: "asset", fileName: "sw.js", source: outputFiles[0]?.text ?? "" });
    },
  };
}
