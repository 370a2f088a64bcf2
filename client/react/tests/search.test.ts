import { afterEach, describe, expect, it, vi } from "vitest";
import { marked } from "../src/search/marked.ts";

const found = (text: string, wanted: string) =>
  marked(text, wanted)
    .map(({ text: part, isFound }) => (isFound ? `[${part}]` : part))
    .join("");

afterEach(() => vi.restoreAllMocks());

describe("what was found", () => {
  it("is marked, whatever its case and accents", () => {
    expect(found("Das Café am CAFE-Platz", "cafe")).toBe("Das [Café] am [CAFE]-Platz");
    expect(found("Das Cafe\u0301 hier", "café")).toBe("Das [Cafe\u0301] hier");
    expect(found("نَحْنُ جاهزون", "نحن")).toBe("[نَحْنُ] جاهزون");
  });

  it("is marked across what only joins or parts letters", () => {
    expect(found("so\u00adft", "soft")).toBe("[so\u00adft]");
    expect(found("می\u200cخواهم", "میخواهم")).toBe("[می\u200cخواهم]");
  });

  it("costs no more than what is shown of it", () => {
    const fold = vi.spyOn(String.prototype, "normalize");
    const dense = "\ufdfa".repeat(4_000);
    expect(found(`needle ${dense}`, "needle")).toContain("[needle]");
    expect(fold.mock.calls.length).toBeLessThan(500);
    fold.mockClear();
    expect(found(dense, "needle").length).toBeLessThan(250);
    expect(fold.mock.calls.length).toBeLessThan(4_010);
  });

  it("is every word that was looked for", () => {
    expect(found("one two three", "three  one")).toBe("[one] two [three]");
    expect(found("aaa", "aa")).toBe("[aaa]");
    expect(found("no such thing", "lighthouse")).toBe("no such thing");
  });

  it("does not fall apart over signs of more than one unit", () => {
    expect(found("a 🦊 b", "🦊")).toBe("a [🦊] b");
    expect(found("ﬁne", "fi")).toBe("[ﬁ]ne");
  });

  it("is shown with what stands around it", () => {
    const long = `${"before ".repeat(60)}needle${" after".repeat(60)}`;
    const parts = found(long, "needle");
    expect(parts).toContain("[needle]");
    expect(parts.length).toBeLessThan(250);
    expect(parts.startsWith("…") && parts.endsWith("…")).toBe(true);
    expect(found("short   text", "x")).toBe("short te[x]t");
  });
});
