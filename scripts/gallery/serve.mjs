// Builds the gallery and serves it to this machine, with the headers that the app is served with: what the page's
// security policy refuses must not look right here.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { npmBin, toolEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** Everything that `_headers` says of every path. */
function headers() {
  const lines = readFileSync(at("client", "app", "public", "_headers"), "utf8").split("\n");
  const pairs = lines.map((text) => /^ {2}([\w-]+): (.+)$/.exec(text)).filter(Boolean);
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
}

/** Builds it. Gives its address, and what ends it. */
export async function serveGallery() {
  const config = at("client", "app", "vite.gallery.config.ts");
  await run(npmBin("node"), [npmBin("vite"), "build", "--logLevel", "error", "--config", config], {
    env: toolEnv(),
  });
  return serveFiles(at("build", "gallery"));
}

/** Files of a folder, each as `change` makes it. Gives their address, and what ends it. */
export async function serveFiles(folder, change = (_path, content) => content) {
  const always = headers();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname;
    try {
      const content = change(path, readFileSync(join(folder, path.replaceAll("..", ""))));
      response.writeHead(200, { ...always, "Content-Type": TYPES[extname(path)] ?? "text/plain" });
      response.end(content);
    } catch {
      response.writeHead(404, always).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://localhost:${server.address().port}`, close: () => server.close() };
}
