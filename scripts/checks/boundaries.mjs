// The invariants of ARCHITECTURE.md that can be read off the sources: `npm run check:boundaries`.

import { line, Problem } from "../lib/say.mjs";
import { checkDependencies } from "./dependencies.mjs";
import { checkFileLengths } from "./file-lengths.mjs";
import { checkProtections } from "./protections.mjs";
import { checkSources } from "./sources.mjs";
import { checkThreats } from "./threats.mjs";

export function checkBoundaries() {
  const broken = [
    ...checkDependencies(),
    ...checkSources(),
    ...checkFileLengths(),
    ...checkThreats(),
    ...checkProtections(),
  ];
  if (broken.length > 0) throw new Problem(`boundaries are crossed:\n  ${broken.join("\n  ")}`);
  line(
    "boundaries hold: dependencies, sources, file lengths, tests of the threat model and how they are proven",
  );
}
