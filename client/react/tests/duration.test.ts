import { describe, expect, it } from "vitest";
import { formatsOf } from "../src/i18n/formats.ts";
import { catalog } from "../src/i18n/messages.ts";
import { timeInWords } from "../src/shared/duration.ts";

const t = catalog.translate({ language: "en", locale: "en", dir: "ltr" });

const { clock } = formatsOf({ locale: "en", dir: "ltr" });

describe("a time that is left", () => {
  it.each([
    [0, "00:00"],
    [9, "00:09"],
    [299, "04:59"],
    [3_600, "1:00:00"],
    [86_400, "24:00:00"],
  ])("of %i seconds shows as %s", (seconds, shown) => {
    expect(clock(seconds)).toBe(shown);
  });

  it.each([
    [1, "1 second"],
    [1_000, "1 second"],
    [9_600, "10 seconds"],
    [28_900, "30 seconds"],
    [58_900, "1 minute"],
    [90_000, "90 seconds"],
    [120_000, "2 minutes"],
    [299_100, "5 minutes"],
  ])("of %i milliseconds is called %s", (milliseconds, words) => {
    expect(timeInWords(t, milliseconds)).toBe(words);
  });
});
