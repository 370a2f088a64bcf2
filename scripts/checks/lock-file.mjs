// package-lock.json must serve everybody: it names no download host (whoever installs has
// their own), and it has every platform's build of the packages that come as binaries. npm
// leaves out what the registry it asked did not have, and then fails on the other platform.

import { readFileSync } from "node:fs";
import { at } from "../lib/project.mjs";
import { line, Problem } from "../lib/say.mjs";

export function checkLockFile() {
  const { packages } = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));
  const nameOf = (path) => path.replace(/^.*node_modules\//, "");
  const names = new Set(Object.keys(packages).map(nameOf));

  const wrong = Object.entries(packages).flatMap(([path, { resolved, optionalDependencies }]) => {
    const absent = Object.keys(optionalDependencies ?? {}).filter((name) => !names.has(name));
    return [
      ...absent.map((name) => `${nameOf(path)}: its optional ${name} is not in the file`),
      ...(/^[a-z+]+:\/\//.test(resolved ?? "") ? [`${path}: names the host of ${resolved}`] : []),
    ];
  });
  if (wrong.length > 0) throw new Problem(`package-lock.json:\n  ${wrong.join("\n  ")}`);
  line(`${names.size} packages, for every platform, from no particular host`);
}
