// A page of somebody who uses the packages: on an origin of its own, with styles of its own, made of a
// snippet of docs/integrating.md and nothing else.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { after } from "node:test";
import { build } from "esbuild";
import { at } from "../../../scripts/lib/project.mjs";

/** The snippets of a page of the documentation, by the language that they are marked with. */
export function snippetsOf(page: string, language: string): string[] {
  const text = readFileSync(at("docs", page), "utf8");
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(fence)].map(([, code]) => code ?? "");
}

const servers: Server[] = [];
// Once for the file, not for the test that serves a page: others go on with it, and it loads what it comes to need.
after(() => {
  for (const server of servers) server.close();
});

/** As strict as a page can be that speaks to another origin: nothing within it, nothing made of text. */
const POLICY = "default-src 'self'; connect-src http: ws:; object-src 'none'; base-uri 'none'";

/** Serves a page that runs this program. Gives its address. */
export async function servePage(program: string): Promise<string> {
  const bundled = await build({
    stdin: {
      ...{ contents: program, loader: "tsx", sourcefile: "page.tsx" },
      resolveDir: at("client", "app"),
    },
    bundle: true,
    format: "esm",
    splitting: true,
    jsx: "automatic",
    // The packages as they are here: that they are packed right is shown by scripts/checks/packages.mjs.
    conditions: ["flagship-source"],
    target: "es2023",
    outdir: "/",
    entryNames: "page",
    write: false,
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
  });
  const types = { css: "text/css", js: "text/javascript" } as const;
  const made = bundled.outputFiles.map(({ path, text }) => {
    const type = types[path.endsWith(".css") ? "css" : "js"];
    return [path, [type, text]] as const;
  });
  const own = (name: string) => readFileSync(at("tests", "browser", "stranger", name), "utf8");
  const files: Record<string, readonly [type: string, text: string]> = {
    "/": ["text/html", own("index.html")],
    "/host.css": ["text/css", own("host.css")],
    // What is loaded later is in files of its own.
    ...Object.fromEntries(made),
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? ""] ?? ["text/plain", ""];
    const headers = { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": POLICY };
    response.writeHead(text ? 200 : 404, headers).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return `http://localhost:${address.port}/`;
}
