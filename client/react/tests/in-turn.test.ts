import { describe, expect, it } from "vitest";
import { changeInTurn } from "../src/shared/in-turn.ts";

describe("changes of one thing", () => {
  it("are made one after the other, each from what the one before led to", async () => {
    const owner = {};
    const from: number[] = [];
    const change = (version: number) => {
      from.push(version);
      return Promise.resolve({ version: version + 10 });
    };
    await Promise.all([
      changeInTurn(owner, "blue", 3, change),
      changeInTurn(owner, "blue", 3, change),
      changeInTurn(owner, "red", 5, change),
    ]);
    expect(from.sort((a, b) => a - b)).toEqual([3, 5, 13]);
  });

  it("go on from what is seen after one that was refused", async () => {
    const owner = {};
    const refused = changeInTurn(owner, "blue", 3, () => Promise.reject(new Error("stale")));
    const next = changeInTurn(owner, "blue", 7, (version) => Promise.resolve({ version }));
    await expect(refused).rejects.toThrow("stale");
    await expect(next).resolves.toEqual({ version: 7 });
  });
});
