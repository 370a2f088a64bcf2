// A peer that is a Worker, on the workerd that the product runs on: `node workerd.mjs FOLDER [stored]`.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { ready } from "./ready.mjs";

const [folder, variant] = process.argv.slice(2);
const wrangler = readFileSync(new URL("../../wrangler.toml", import.meta.url), "utf8");

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL(`${folder}/worker.mjs`, import.meta.url))],
  bundle: true,
  format: "esm",
  external: ["cloudflare:*", "node:*"],
  write: false,
});
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    name: folder,
    modules: [{ type: "ESModule", path: "worker.js", contents: outputFiles[0].text }],
    compatibilityDate: /^compatibility_date = "(.+)"$/m.exec(wrangler)[1],
    durableObjects: { Room: { className: "Room", useSQLite: true } },
    bindings: variant === "stored" ? { STORED: true } : {},
    cf: false,
    log: new Log(LogLevel.NONE),
  }),
);
ready(Number((await miniflare.ready).port));
