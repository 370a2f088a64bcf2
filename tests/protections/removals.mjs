// What takes each protection away: by the threat of its row in docs/security.md, a name, and in each file the exact text
// to find and what takes its place. `WITHOUT` in a replacement stands for "this protection is off": it is decided when
// the test runs, so that one build serves all of them. A replacement that has none is a build of its own. In place of
// files, a removal may name another one whose edits ask for its name too.

import { abuse } from "./claims/abuse.mjs";
import { acting } from "./claims/acting.mjs";
import { anonymity } from "./claims/anonymity.mjs";
import { bans } from "./claims/bans.mjs";
import { devices } from "./claims/devices.mjs";
import { floods } from "./claims/floods.mjs";
import { input } from "./claims/input.mjs";
import { keys } from "./claims/keys.mjs";
import { leaks } from "./claims/leaks.mjs";
import { pages } from "./claims/pages.mjs";
import { reading } from "./claims/reading.mjs";
import { retention } from "./claims/retention.mjs";
import { roles } from "./claims/roles.mjs";
import { storage } from "./claims/storage.mjs";
import { tickets } from "./claims/tickets.mjs";
import { tokens } from "./claims/tokens.mjs";

const topics = {
  ...{ tokens, tickets, keys, pages, roles, acting, reading, bans, anonymity },
  ...{ input, abuse, floods, devices, leaks, retention, storage },
};

/** Stands for the question whether the protection is off. */
const OFF = /\bWITHOUT\b/g;

/**
 * Every removal.
 *
 * @returns {{ name: string, topic: string, threat: string, isSwitched: boolean, edits: Edit[] }[]}
 * @typedef {{ file: string, find: string, replace: string }} Edit
 */
export const removals = Object.entries(topics).flatMap(([topic, threats]) =>
  Object.entries(threats).flatMap(([threat, named]) =>
    Object.entries(named).map(([name, files]) => removal(topic, threat, name, files)),
  ),
);

function removal(topic, threat, name, files) {
  if (typeof files === "string") return { name, topic, threat, isSwitched: true, edits: [] };
  const edits = Object.entries(files).flatMap(([file, edited]) => {
    const pairs = Array.isArray(edited[0]) ? edited : [edited];
    return pairs.map(([find, replace]) => ({ file, find, replace: switched(file, name, replace) }));
  });
  const isSwitched = edits.some(({ replace }) => replace.includes("::without"));
  return { name, topic, threat, isSwitched, edits };
}

/** In the protocol crate, which has the switch, it is its own. */
function switched(file, name, replace) {
  const owner = file.startsWith("crates/protocol/") ? "crate" : "flagship_protocol";
  return replace.replaceAll(OFF, () => `${owner}::without("${name}")`);
}
