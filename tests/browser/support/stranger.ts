// A page of somebody who uses the packages: on an origin of its own, with styles of its own, made of a
// snippet of docs/integrating.md and nothing else.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after } from "node:test";
import { build } from "esbuild";
import { at } from "../../../scripts/lib/project.mjs";

/** The snippets of a page of the documentation, by the language that they are marked with. */
export function snippetsOf(page: string, language: string): string[] {
  const text = readFileSync(at("docs", page), "utf8");
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(fence)].map(([, code]) => code ?? "");
}

/** Serves a page that runs this program. Gives its address. */
export async function servePage(program: string): Promise<string> {
  const bundled = await build({
    stdin: { contents: program, loader: "tsx", resolveDir: at("client", "app") },
    bundle: true,
    format: "esm",
    jsx: "automatic",
    // The packages as they are here: that they are packed right is shown by scripts/checks/packages.mjs.
    conditions: ["flagship-source"],
    target: "es2023",
    outdir: "/out",
    write: false,
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
  });
  const made = (end: string) =>
    bundled.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  const own = (name: string) => readFileSync(at("tests", "browser", "stranger", name), "utf8");
  const files: Record<string, [type: string, text: string]> = {
    "/": ["text/html", own("index.html")],
    "/host.css": ["text/css", own("host.css")],
    "/page.css": ["text/css", made(".css")],
    "/page.js": ["text/javascript", made(".js")],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? ""] ?? ["text/plain", ""];
    response.writeHead(text ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close());
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return `http://localhost:${address.port}/`;
}
