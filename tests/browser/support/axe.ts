import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import type { Person } from "./person.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of axe that depend on colours. */
export const COLOURS = ["color-contrast", "link-in-text-block"];

interface Axe {
  run(of: Element, options: RunOptions): Promise<AxeResults>;
}

/**
 * What axe finds on a page that keeps somebody out: in the dialog alone where one is over it.
 *
 * @param rules the ones to be looked at; absent: all
 */
export async function seriousIn(page: Page, rules?: string[]): Promise<string[]> {
  // Evaluated and not loaded as a script: the page's security policy would rightly refuse that.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const { violations } = await page.evaluate(
    (options) =>
      (globalThis as unknown as { axe: Axe }).axe.run(
        document.querySelector("dialog[open]") ?? document.documentElement,
        options,
      ),
    {
      // What passes is not described, and no style is fetched again: only rules about sound and turned screens want it.
      resultTypes: ["violations"],
      preload: false,
      ...(rules && { runOnly: rules }),
    } satisfies RunOptions,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Fails if axe finds anything serious on the page, in light or in dark. */
export async function isAccessible(person: Person, what: string): Promise<void> {
  for (const [colorScheme, rules] of [
    // The order of things depends on no colour.
    ["dark", COLOURS],
    ["light", undefined],
  ] as const) {
    await person.page.emulateMedia({ colorScheme });
    assert.deepEqual(await seriousIn(person.page, rules), [], `${what} in ${colorScheme}`);
    await person.picture(`${what} ${colorScheme}`.replaceAll(" ", "-"));
  }
}
