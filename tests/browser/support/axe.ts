import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import type { Person } from "./person.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on a page that keeps somebody out: in the dialog alone where one is over it. */
export async function seriousIn(page: Page): Promise<string[]> {
  // Evaluated and not loaded as a script: the page's security policy would rightly refuse that.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(of: Element): Promise<AxeResults> } }).axe.run(
      document.querySelector("dialog[open]") ?? document.documentElement,
    ),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Fails if axe finds anything serious on the page, in light or in dark. */
export async function isAccessible(person: Person, what: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await person.page.emulateMedia({ colorScheme });
    assert.deepEqual(await seriousIn(person.page), [], `${what} in ${colorScheme}`);
    await person.picture(`${what} ${colorScheme}`.replaceAll(" ", "-"));
  }
}
