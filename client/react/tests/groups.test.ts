import { describe, expect, it } from "vitest";
import { rulesOf } from "../src/assignment/groups.ts";
import { tagsIn } from "../src/profile/tags.ts";

describe("the rules of a proposal", () => {
  it("leave out who has left, and groups that are none any more", () => {
    const groups = [
      { rule: "together", people: ["ada", "grace", "gone"] },
      { rule: "apart", people: ["linus", "gone"] },
      { rule: "apart", people: ["ada", "linus"] },
    ] as const;
    expect(rulesOf(groups, (id) => id !== "gone")).toEqual({
      together: [["ada", "grace"]],
      apart: [["ada", "linus"]],
    });
  });
});

describe("tags", () => {
  it("are what stands between commas, each once", () => {
    expect(tagsIn(" boats, big  ships,,boats , ")).toEqual(["boats", "big ships"]);
    expect(tagsIn("")).toEqual([]);
  });
});
