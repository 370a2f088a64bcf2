import { CORE_VERSION } from "@flagship/core";
import { expect, test } from "vitest";
import core from "../../core/package.json" with { type: "json" };
import react from "../package.json" with { type: "json" };
import { REACT_VERSION } from "../src/index.ts";

test("the packages know their versions", () => {
  expect({ core: CORE_VERSION, react: REACT_VERSION }).toEqual({
    core: core.version,
    react: react.version,
  });
  expect(react.dependencies["@flagship/core"]).toBe(core.version);
});
