import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const client = join(import.meta.dirname, "..", "..");

/** The texts of the files of a kind, of the components and of the app, which shares their styles. By name. */
const texts = (pattern: string) =>
  globSync(`{react,app}/src/${pattern}`, { cwd: client }).map(
    (file) => [file, readFileSync(join(client, file), "utf8")] as const,
  );

/** Ours, and those of what draws the plots: all of them begin with a name that no page has by chance. */
const OWN = /^(flagship(-|$)|u-)/;

test("no style is about a class that a page around could have", () => {
  const files = texts("styles/*.css");
  expect(files.length).toBeGreaterThan(5);
  for (const [file, text] of files) {
    const rules = text.replaceAll(/\/\*.*?\*\/|"[^"]*"/gs, "");
    const names = [...rules.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = ""]) => name);
    expect(
      names.filter((name) => !OWN.test(name)),
      file,
    ).toEqual([]);
  }
});

test("no element has a class that a page around could have styles for", () => {
  const files = texts("**/*.tsx");
  expect(files.length).toBeGreaterThan(50);
  for (const [file, text] of files) {
    const fixed = [...text.matchAll(/className="([^"]*)"/g)].map(([, names = ""]) => names);
    const chosen = [...text.matchAll(/className=\{([^}]*(?:\$\{[^}]*\}[^}]*)*)\}/g)].flatMap(
      ([, expression = ""]) =>
        [...expression.matchAll(/[?:]\s*["`]([^"`]*)["`]/g)].map(([, names = ""]) => names),
    );
    const names = [...fixed, ...chosen].flatMap((list) => list.split(/\s+/));
    expect(
      names.filter((name) => !OWN.test(name)),
      file,
    ).toEqual([]);
  }
});
