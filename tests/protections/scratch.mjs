// A copy of the tree in which protections can be taken away. It stays in target/, so that only what changed is compiled
// again, and shares what is compiled of dependencies.

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { findTool, wasmTools } from "../../scripts/lib/cargo-tools.mjs";
import { npmBin, toolEnv } from "../../scripts/lib/env.mjs";
import { at, root } from "../../scripts/lib/project.mjs";
import { read, run } from "../../scripts/lib/run.mjs";
import { Problem } from "../../scripts/lib/say.mjs";
import { edited, wrongWith } from "./edits.mjs";
import { additions, rig } from "./rig.mjs";

export const scratch = at("target", "protections");

/** The edits that the copy has at any time: the switch, and what it switches. */
let base = rig;

/** Quick to compile. What is proven does not depend on how well it is optimised. */
const QUICK = {
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_INCREMENTAL: "true",
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
};

/** The environment of what runs in the copy. */
export const scratchEnv = (extra = {}) =>
  toolEnv({ CARGO_TARGET_DIR: at("target"), ...QUICK, ...extra });

/** Makes the copy the tree as it is, with these edits and the switch. Only what differs is written. */
export function layOut(edits) {
  base = [...rig, ...edits];
  const files = read("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(root, file)));
  const wrong = wrongEdits(edits);
  if (wrong.length > 0) throw new Problem(`cannot be taken away:\n  ${wrong.join("\n  ")}`);
  mkdirSync(scratch, { recursive: true });
  for (const file of files) lay(file);
  removeOthers(new Set(files));
  linkModules();
}

/** Why edits cannot be made in the tree as it is. */
export function wrongEdits(edits) {
  const all = [...rig, ...edits];
  return [...new Set(all.map(({ file }) => file))].flatMap((file) => {
    const path = join(root, file);
    const text = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    const here = all.filter((edit) => edit.file === file);
    return wrongWith(file, text, here);
  });
}

/** Writes one file of the copy, with `more` edits than it always has, if that makes it another one. */
export function lay(file, more = []) {
  const here = [...base, ...more].filter((edit) => edit.file === file);
  const added = additions.get(file);
  const original = readFileSync(join(root, file));
  const wanted =
    here.length === 0 && added === undefined
      ? original
      : Buffer.from(edited(original.toString("utf8"), here) + (added ?? ""));
  const path = join(scratch, file);
  if (existsSync(path) && readFileSync(path).equals(wanted)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
}

/** What is in the copy and made by us: neither of the tree, nor to be removed. */
const MADE = ["node_modules", "build", "dist", "target", ".wrangler", ".tools"];

function removeOthers(files) {
  const visit = (folder) => {
    for (const entry of readdirSync(join(scratch, folder), { withFileTypes: true })) {
      if (MADE.includes(entry.name)) continue;
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(file);
      else if (!files.has(file)) rmSync(join(scratch, file));
    }
  };
  visit("");
}

/** Packages are those of the tree, but for our own, which are the copy's. */
function linkModules() {
  const [modules, original] = [join(scratch, "node_modules"), at("node_modules")];
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(join(modules, "@flagship"), { recursive: true });
  for (const name of readdirSync(original)) {
    if (name !== "@flagship") symlinkSync(join(original, name), join(modules, name));
  }
  for (const name of readdirSync(join(original, "@flagship"))) {
    symlinkSync(join(scratch, "client", name), join(modules, "@flagship", name));
  }
  linkNested();
}

/** A package of ours may have some of its own beside the common ones. */
function linkNested() {
  for (const name of readdirSync(at("client"))) {
    const own = at("client", name, "node_modules");
    const link = join(scratch, "client", name, "node_modules");
    rmSync(link, { recursive: true, force: true });
    if (existsSync(own) && existsSync(dirname(link))) symlinkSync(own, link);
  }
}

/** Compiles the copy's Worker. */
export async function buildWorker() {
  const [workerBuild, wasmBindgen] = wasmTools().map(findTool);
  if (!workerBuild || !wasmBindgen) throw new Problem("worker-build is missing: npm run setup");
  const env = scratchEnv({ WASM_BINDGEN_BIN: wasmBindgen, ESBUILD_BIN: npmBin("esbuild") });
  await run(workerBuild, ["--release"], { cwd: scratch, env });
}

/** Builds the copy's web app. */
export function buildClient() {
  const { status, stderr } = spawnSync(
    npmBin("node"),
    ["-e", "import('./scripts/build/client.mjs').then((client) => client.buildClient())"],
    { cwd: scratch, env: scratchEnv(), encoding: "utf8" },
  );
  if (status !== 0) throw new Problem(`the client was not built:\n${stderr}`);
}
