import { expect, it } from "vitest";
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
