// Words that must not be in a source: what no dependency list shows, because the standard
// library brings it.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { at, root } from "../lib/project.mjs";
import { filesBelow } from "../lib/stamp.mjs";

const rules = [
  {
    below: ["crates/session/src", "crates/assignment/src", "crates/protocol/src"],
    words: /\b(Instant|SystemTime|UNIX_EPOCH)\b/,
    why: "time comes in as an argument",
  },
  {
    below: ["crates/session/src", "crates/assignment/src"],
    words: /\b(HashMap|HashSet|RandomState|DefaultHasher)\b/,
    why: "hash iteration differs from run to run: BTreeMap and BTreeSet",
  },
  {
    below: ["tests/simulation/src"],
    words: /\b(Instant|SystemTime|HashMap|HashSet|RandomState|DefaultHasher|thread)\b/,
    why: "a simulated run depends on its seed alone",
  },
  {
    below: ["crates/session/src", "crates/assignment/src", "crates/protocol/src"],
    words: /\bstd::(env|fs|io|net|process|thread|sync::mpsc)\b/,
    why: "no I/O here: the shell does it",
  },
  {
    below: ["crates/session/src", "crates/assignment/src"],
    words: /\basync fn\b|\.await\b/,
    why: "the state machine never waits",
  },
  {
    below: ["src/auth"],
    words: /(==|!=)\s*[&*]*\w*(signature|mac|secret)\b|\b\w*(signature|mac|secret)\w*\s*(==|!=)/,
    why: "what is secret is compared in constant time, by the library",
  },
  {
    below: ["client/core/src"],
    words: /from "(react|react-dom|@flagship\/(react|app))[/"]|from "[./]*\/(react|app)\//,
    why: "client/core knows no framework, and nothing that is built on it",
  },
  {
    below: ["client/react/src"],
    words: /from "(@flagship\/app|[./]*\/app)\//,
    why: "arrows point from the app to the hooks, not back",
  },
];

/** Without what follows `//`: a comment may name what the code must not. */
const codeOf = (text) => text.replace(/(^|\s)\/\/.*$/, "");

export function checkSources() {
  return rules.flatMap(({ below, words, why }) =>
    below
      .flatMap((dir) => filesBelow(at(dir), ["generated"]))
      .filter((file) => /\.(rs|ts|tsx|js|mjs)$/.test(file))
      .flatMap((file) =>
        readFileSync(file, "utf8")
          .split("\n")
          .flatMap((text, index) => {
            const found = words.exec(codeOf(text));
            return found ? [`${relative(root, file)}:${index + 1}: ${found[0]} (${why})`] : [];
          }),
      ),
  );
}
