// Which crates and packages may depend on which: arrows point one way, and the inner crates
// know nothing of the platform, the clock or chance.

import { existsSync, readFileSync } from "node:fs";
import { at } from "../lib/project.mjs";
import { read } from "../lib/run.mjs";

const platform = [
  ["worker", "worker-sys", "worker-macros", "the Worker's platform"],
  ["js-sys", "web-sys", "wasm-bindgen", "wasm-bindgen-futures", "JavaScript"],
  [
    "getrandom",
    "rand",
    "rand_core",
    "fastrand",
    "uuid",
    "ulid",
    "chance: seeds come in as arguments",
  ],
  ["chrono", "time", "jiff", "instant", "web-time", "a clock: time comes in as an argument"],
  ["tokio", "async-std", "smol", "reqwest", "I/O: the shell does it"],
];

/** Crate names to why they must not be there. */
const reasons = new Map(
  platform.flatMap((row) => row.slice(0, -1).map((name) => [name, row.at(-1)])),
);

const inner = [
  {
    crate: "flagship-session",
    mustNot: new Map([...reasons, ["flagship", "an arrow the wrong way"]]),
  },
  {
    crate: "flagship-assignment",
    mustNot: new Map([
      ...reasons,
      ["flagship", "an arrow the wrong way"],
      ["flagship-session", "an arrow the wrong way"],
    ]),
  },
  {
    crate: "flagship-protocol",
    mustNot: new Map([
      ...reasons,
      ["flagship", "an arrow the wrong way"],
      ["flagship-session", "an arrow the wrong way"],
    ]),
  },
  {
    crate: "flagship-delivery",
    mustNot: new Map(
      ["flagship", "flagship-session", "flagship-assignment", "flagship-protocol"].map((name) => [
        name,
        "what proves the project does not rest on it",
      ]),
    ),
  },
  { crate: "flagship-simulation", mustNot: new Map([...reasons, ["flagship", "it is native"]]) },
  {
    crate: "flagship",
    mustNot: new Map([
      ["flagship-delivery", "tests do not ship"],
      ["flagship-simulation", "tests do not ship"],
    ]),
  },
];

/** Client packages, and the imports that would turn an arrow round. */
const clientPackages = [
  { dir: "client/core", mustNot: ["react", "react-dom", "@flagship/react", "@flagship/app"] },
  { dir: "client/react", mustNot: ["@flagship/app"] },
];

export function checkDependencies() {
  return [...inner.flatMap(crossedByCrate), ...clientPackages.flatMap(crossedByPackage)];
}

/** What a crate is built from on any target, with what its dependencies bring; not what only its tests use. */
function crossedByCrate({ crate, mustNot }) {
  const args = ["tree", "--locked", "--package", crate, "--edges", "normal,build"];
  args.push("--target", "all", "--prefix", "none", "--format", "{p}");
  const names = new Set(
    read("cargo", args)
      .split("\n")
      .map((text) => text.split(" ")[0]),
  );
  return [...mustNot]
    .filter(([name]) => names.has(name))
    .map(
      ([name, why]) => `${crate} depends on ${name} (${why}): cargo tree -p ${crate} -i ${name}`,
    );
}

function crossedByPackage({ dir, mustNot }) {
  const file = at(dir, "package.json");
  if (!existsSync(file)) return [];
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(file, "utf8"));
  return mustNot
    .filter((name) => name in dependencies || name in peerDependencies)
    .map((name) => `${dir} depends on ${name}`);
}
