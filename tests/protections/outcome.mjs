// What the tests of a row say while one of its protections is off.

import { line } from "../../scripts/lib/say.mjs";
import { judge } from "./judge.mjs";
import { buildClient, lay } from "./scratch.mjs";

export class Outcome {
  removal;
  #tests;
  /** By test. */
  #verdicts = new Map();

  constructor(removal, tests) {
    this.removal = removal;
    this.#tests = tests;
  }

  /** Of the test that noticed; undefined if none did. */
  get noticed() {
    return [...this.#verdicts.values()].find(({ passed }) => !passed);
  }

  /** Asks one test after the other, until one notices. */
  async seek() {
    for (const test of this.#tests) {
      if (await this.ask(test)) break;
    }
    const { name } = this.removal;
    line(this.noticed ? `noticed    ${name}: ${this.noticed.reason}` : `UNNOTICED  ${name}`);
  }

  /** Whether a test notices. */
  async ask(test) {
    let verdict = this.#verdicts.get(test);
    if (!verdict) {
      verdict = await this.#judge(test);
      this.#verdicts.set(test, verdict);
    }
    return !verdict.passed;
  }

  async #judge(test) {
    const { isSwitched, name, edits } = this.removal;
    if (isSwitched) return judge(test, name);
    putInPlace(edits, edits);
    try {
      return await judge(test);
    } finally {
      putInPlace(edits, []);
    }
  }
}

/** Gives the files of some edits these more than the copy always has. */
function putInPlace(edits, more) {
  for (const file of new Set(edits.map(({ file }) => file))) lay(file, more);
  if (edits.some(({ file }) => file.startsWith("client/"))) buildClient();
}
