import { expect, it, vi } from "vitest";
import { isBlank } from "../src/shared/is-blank.ts";
import { matches } from "../src/shared/matches.ts";

it.each([
  ["Grace Hopper", "hop"],
  ["Grace Hopper", "ho gra"],
  ["Émilie du Châtelet", "chatelet emilie"],
  ["Jean-Luc", "luc"],
  ["ИВАН", "иван"],
  ["Room 12", "12"],
  ["Anybody", "  "],
])("%s is found by “%s”", (text, wanted) => {
  expect(matches(text, wanted)).toBe(true);
});

it.each([
  ["Grace Hopper", "opper"],
  ["Grace Hopper", "grace turing"],
  ["", "a"],
])("%s is not found by “%s”", (text, wanted) => {
  expect(matches(text, wanted)).toBe(false);
});

it("folds a name once, however many letters are typed", () => {
  const names = Array.from({ length: 1_000 }, (_, n) => `\ufdfa ${n}`);
  const fold = vi.spyOn(String.prototype, "normalize");
  const typed = ["a", "ab", "abc", "abcd", "abcde"];
  for (const wanted of typed) for (const name of names) matches(name, wanted);
  expect(fold.mock.calls.length).toBeLessThanOrEqual(names.length + typed.length);
  fold.mockRestore();
});

it.each(["", " \n", "\u2060", "\u3164\u200b", "\ufe0f", "\u2800", "\u00ad", "\u{e0041}"])(
  "%j shows nothing",
  (text) => expect(isBlank(text)).toBe(true),
);

it.each(["a", "می\u200cخواهم", "👩\u200d👧", "❤\ufe0f", "."])("%s shows something", (text) =>
  expect(isBlank(text)).toBe(false),
);
