// What people read is in the catalogs: nothing of it stands in the components.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

const client = fileURLToPath(new URL("../../../", import.meta.url));
/** The catalogs themselves, and the names of the languages. */
const IS_CATALOG = /\/i18n\/(locales\/|languages\.ts|(en|de|ar)\.ts)/;

/** Attributes whose text is no person's to read. */
const TECHNICAL =
  /^(className|id|key|type|role|htmlFor|autoComplete|accept|src|href|rel|target|scope|dir|d|fill|viewBox|preserveAspectRatio|align|shapeRendering|lang|presence|pattern|kind|meanwhile|inputMode|enterKeyHint|tabIndex|aria-(live|haspopup|keyshortcuts|current|hidden|atomic|relevant|orientation|controls|labelledby|describedby|sort|checked|expanded|pressed)|data-.*)$/;

/** The name of the product is the same in every language. */
const NAMES = new Set(["Flagship"]);

const sources = ["react/src", "app/src"].flatMap((folder) => filesBelow(join(client, folder)));

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

/** Texts in a source that a person would read: `line: text`. */
function literalsIn(file: string, source: string): string[] {
  const found: string[] = [];
  const report = (node: Node, text: string) => {
    if (NAMES.has(text.trim())) return;
    found.push(`${source.slice(0, node.start).split("\n").length}: ${text.trim()}`);
  };
  const textOf = (node: Node): string =>
    node.type === "TemplateLiteral"
      ? (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join("…")
      : node.type === "Literal" && typeof node.value === "string"
        ? node.value
        : "";

  /** `shown`: whether what stands here is shown as it is. */
  const walk = (node: Node, shown: boolean) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "TSLiteralType":
      case "ThrowStatement":
        return;
      case "NewExpression":
        // Errors of the client are in English, as those of the service: `errors.ts` of the catalogs.
        if (/Error$/.test(String((node.callee as Node).name))) return;
        break;
      case "JSXText":
        if (/\p{L}/u.test(String(node.value))) report(node, String(node.value));
        return;
      case "JSXAttribute": {
        const { name } = node.name as { name: string };
        if (node.value && !TECHNICAL.test(name)) walk(node.value as Node, true);
        return;
      }
      case "JSXExpressionContainer":
        return walk(node.expression as Node, shown);
      case "ConditionalExpression":
        walk(node.test as Node, false);
        walk(node.consequent as Node, shown);
        return walk(node.alternate as Node, shown);
      case "LogicalExpression":
        walk(node.left as Node, false);
        return walk(node.right as Node, shown);
      case "Literal":
      case "TemplateLiteral": {
        const text = textOf(node);
        const isShown = shown && /\p{L}/u.test(text);
        // Two words in a row are a sentence, wherever they stand, but for a media query or a stream's name.
        if (isShown || /^\p{Lu}?\p{Ll}+ \p{Ll}+ ?\p{Ll}*/u.test(text)) report(node, text);
        if (node.type === "Literal") return;
      }
    }
    for (const [field, value] of Object.entries(node)) {
      if (field === "parent") continue;
      const isChild = node.type === "JSXElement" || node.type === "JSXFragment";
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child && typeof child.type === "string") walk(child, isChild && field === "children");
      }
    }
  };
  walk(parseSync(file, source).program as unknown as Node, false);
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => /\.tsx?$/.test(file) && !IS_CATALOG.test(file));
}

describe("a text in a component", () => {
  it.each([
    ["between tags", "const a = <p>Hello</p>;", ["1: Hello"]],
    ["in an attribute", 'const a = <X label="Hello" className="big one" />;', ["1: Hello"]],
    ["in a choice", 'const a = <p>{is ? "Yes" : t("no")}</p>;', ["1: Yes"]],
    ["with a name in it", "const a = <X title={`Join ${" + "name}`} />;", ["1: Join …"]],
    ["that is told", 'notify("info", "Something happened.");', ["1: Something happened."]],
    ["from a catalog", 'const a = <X label={t("room.join")}>{t("room.leave")}</X>;', []],
  ])("is found %s", (_, source, found) => {
    expect(literalsIn("a.tsx", source)).toEqual(found);
  });

  it("is in no source", () => {
    const found = sources.flatMap((file) =>
      literalsIn(file, readFileSync(file, "utf8")).map((at) => `${relative(client, file)}:${at}`),
    );
    expect(found).toEqual([]);
  });
});
