import { describe, expect, it } from "vitest";
import { mentionedIn, mentionsOf, startedMention } from "../../src/chat/mentions.ts";

const people = [
  { id: "a", alias: "Ada" },
  { id: "al", alias: "Ada Lovelace" },
  { id: "g", alias: "Grace" },
];

describe("mentions", () => {
  it("are the longest alias that is there, as a whole", () => {
    expect(mentionsOf("@Ada Lovelace and @Grace, not @Adamant", people)).toEqual(["al", "g"]);
    expect(mentionsOf("@Ada! @Ada?", people)).toEqual(["a"]);
    expect(mentionsOf("ada@example.com", people)).toEqual([]);
  });

  it("keep every character of the text", () => {
    const text = "Hi @Grace, @nobody and @Ada";
    expect(
      mentionedIn(text, people)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("begin with an @ that begins a word", () => {
    expect(startedMention("Hi @Gr", 6)).toEqual({ start: 3, wanted: "Gr" });
    expect(startedMention("mail@ex", 7)).toBeUndefined();
    expect(startedMention("Hi @Gr\nnext", 11)).toBeUndefined();
    expect(startedMention("Hi", 2)).toBeUndefined();
  });
});
