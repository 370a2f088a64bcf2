// The packages as those who install them find them: packed, linted, installed in an empty project, type-checked,
// bundled, and small enough.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { buildPackages, packages } from "../build/packages.mjs";
import { npmBin, systemEnv } from "../lib/env.mjs";
import { at } from "../lib/project.mjs";
import { read, run } from "../lib/run.mjs";
import { line, Problem } from "../lib/say.mjs";

/**
 * Bytes of what a page loads, minified and gzipped, for what it takes from a package: before anything shows, and with
 * everything that it may ever come to load, each file by itself.
 */
const BUDGETS = [
  { what: "@flagship/core, all of it", code: 'export * from "@flagship/core";', first: 21_000 },
  {
    what: "@flagship/core, the error alone",
    code: 'export { FlagshipError } from "@flagship/core";',
    first: 1_000,
  },
  {
    what: "@flagship/core/offline",
    code: 'export * from "@flagship/core/offline";',
    first: 4_000,
  },
  {
    what: "@flagship/react, all of it, without React",
    code: 'export * from "@flagship/react";',
    first: 50_000,
    // Other languages, charts and menus among it: nobody loads all of it.
    whole: 202_000,
  },
];

/** Programs of those who use the packages. */
const consumers = [
  ["core", "consumer.ts"],
  ["react", "consumer.tsx"],
];

export async function checkPackages() {
  await buildPackages();
  const folder = mkdtempSync(join(tmpdir(), "flagship-packages-"));
  try {
    const tarballs = [];
    for (const name of packages) {
      const tarball = pack(at("client", name), folder);
      await lint(name, tarball);
      tarballs.push(tarball);
    }
    install(folder, tarballs);
    await typeCheck(folder);
    await runInNode(folder);
    for (const budget of BUDGETS) await checkSize(folder, budget);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pack(folder, destination) {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", destination];
  const packed = Object.values(JSON.parse(read("npm", args, { env: systemEnv(), cwd: folder })));
  const [{ filename, size, files }] = packed;
  line(`${filename}: ${files.length} files, ${Math.ceil(size / 1024)} KiB`);
  return join(destination, filename);
}

async function lint(name, tarball) {
  const { messages, pkg } = await publint({ pkgDir: at("client", name), strict: true });
  if (messages.length > 0) {
    const said = messages.map((message) => formatMessage(message, pkg)).join("\n");
    throw new Problem(`publint on ${name}:\n${said}`);
  }
  const styles = Object.keys(pkg.exports).filter((entry) => entry.endsWith(".css"));
  const without = styles.length > 0 ? ["--exclude-entrypoints", ...styles] : [];
  read(npmBin("attw"), [tarball, "--profile", "esm-only", "--format", "ascii", ...without]);
}

/**
 * In a project that has nothing else. What the packages need themselves is linked from here, in the versions that are
 * locked: a run of the tests depends on no registry.
 */
function install(folder, tarballs) {
  const manifest = { name: "a-project", private: true, type: "module" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const needed = packages.flatMap((name) => {
    const { dependencies = {}, peerDependencies = {}, devDependencies = {} } = manifestOf(name);
    return Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies });
  });
  const links = [...new Set(needed)]
    .filter((name) => !name.startsWith("@flagship/"))
    .map((name) => `file:${at("node_modules", name)}`);
  const quiet = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  read("npm", ["install", ...quiet, ...tarballs, ...links], { env: systemEnv(), cwd: folder });
}

/** As strict as TypeScript can be, with each way of resolving modules that an ESM package has to do with. */
async function typeCheck(folder) {
  for (const [name, file] of consumers)
    cpSync(at("client", name, "tests", file), join(folder, file));
  for (const [module, moduleResolution] of [
    ["NodeNext", "NodeNext"],
    ["ESNext", "bundler"],
  ]) {
    const compilerOptions = {
      ...{ strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noEmit: true },
      ...{ target: "ES2023", lib: ["ES2023", "DOM"], types: [], module, moduleResolution },
      jsx: "react-jsx",
    };
    const project = { compilerOptions, files: consumers.map(([, file]) => file) };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    await run(npmBin("tsc"), ["--project", folder]);
  }
}

/** Without a browser, and what is without JSX also without a bundler. */
async function runInNode(folder) {
  await run(npmBin("node"), ["consumer.ts"], { cwd: folder });
  const bundled = join(folder, "consumer.mjs");
  await build({
    ...{ entryPoints: [join(folder, "consumer.tsx")], outfile: bundled, bundle: true },
    ...{ absWorkingDir: folder, platform: "node", format: "esm", jsx: "automatic" },
    // React's own modules are CommonJS, which a bundle of ESM cannot ask for.
    external: ["react", "react-dom", "react/jsx-runtime"],
    logLevel: "error",
  });
  await run(npmBin("node"), [bundled], { cwd: folder });
}

function manifestOf(name) {
  return JSON.parse(readFileSync(at("client", name, "package.json"), "utf8"));
}

async function checkSize(folder, { what, code, first, whole }) {
  const entry = join(folder, "entry.js");
  writeFileSync(entry, code);
  const { outputFiles, metafile } = await build({
    ...{ entryPoints: [entry], bundle: true, minify: true, format: "esm", splitting: true },
    ...{ outdir: join(folder, "out"), write: false, metafile: true },
    external: ["react", "react-dom", "react/jsx-runtime"],
    ...{ absWorkingDir: folder, target: "es2023", logLevel: "error" },
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents).length]),
  );
  const sum = (paths) => paths.reduce((bytes, path) => bytes + (sizes.get(basename(path)) ?? 0), 0);
  const counts = [[`${what}, first`, sum(loadedFirst(metafile)), first]];
  if (whole) counts.push([`${what}, ever`, sum([...sizes.keys()]), whole]);
  for (const [name, size, bytes] of counts) {
    line(`${name}: ${size} bytes gzipped, of ${bytes}`);
    if (size > bytes) throw new Problem(`${name} is over its budget: ${size} bytes, of ${bytes}`);
  }
}

/** The files that are loaded before the program begins: what is imported, and what that imports. */
function loadedFirst({ outputs }) {
  const [begin] = Object.entries(outputs).find(([path]) => basename(path) === "entry.js");
  const found = new Set([begin]);
  for (const path of found) {
    for (const { path: next, kind, external } of outputs[path].imports) {
      if (kind === "import-statement" && !external) found.add(next);
    }
  }
  return [...found];
}
