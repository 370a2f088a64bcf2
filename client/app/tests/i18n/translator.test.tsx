import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { formatsOf } from "../../../react/src/i18n/formats.ts";
import { languageFrom } from "../../../react/src/i18n/languages.ts";
import { translator } from "../../../react/src/i18n/translator.ts";

const messages = {
  joins: "{name} joins {room}",
  rooms: "{count, plural, one {# room} other {# rooms}}",
  knocks: "<strong>{name}</strong> knocks",
} as const;

const en = translator(messages, { locale: "en", dir: "ltr" });
const ar = translator(messages, { locale: "ar", dir: "rtl" });

describe("a message", () => {
  it("takes its values, counted as the language counts", () => {
    expect(en("joins", { name: "Ada", room: "Blue" })).toBe("Ada joins Blue");
    expect([1, 2, 1_200].map((count) => en("rooms", { count }))).toEqual([
      "1 room",
      "2 rooms",
      "1,200 rooms",
    ]);
  });

  it("keeps a name from turning what stands around it", () => {
    expect(en("joins", { name: "عادل", room: "Blue" })).toBe("\u2068عادل\u2069 joins Blue");
    expect(ar("joins", { name: "Ada", room: "B" })).toBe("\u2068Ada\u2069 joins \u2068B\u2069");
    // An override that is not closed, and an end that was never begun.
    expect(en("joins", { name: "a\u202eb\u2069", room: "B" })).toBe("\u2068ab\u2069 joins B");
  });

  it("is not written by a name: neither a value, nor a tag, nor markup", () => {
    expect(en("joins", { name: "{room}", room: "<b>" })).toBe("{room} joins <b>");
    const strong = (content: React.ReactNode) => <strong>{content}</strong>;
    const shown = en.rich("knocks", { name: "<i>Ada</i>", strong });
    expect(renderToStaticMarkup(shown)).toBe("<strong>&lt;i&gt;Ada&lt;/i&gt;</strong> knocks");
  });

  it("must be given what it needs", () => {
    // @ts-expect-error a value is missing
    expect(() => en("joins", { name: "Ada" })).toThrow();
    // @ts-expect-error there is no such message
    expect(en("nowhere")).toBe("nowhere");
  });
});

describe("lists and clocks", () => {
  it("are written as the language writes them", () => {
    expect(formatsOf({ locale: "en", dir: "ltr" }).list(["Ada", "Grace"])).toBe("Ada, Grace");
    expect(formatsOf({ locale: "de", dir: "ltr" }).number(1234.5, 1)).toBe("1.234,5");
    expect(formatsOf({ locale: "ar-EG", dir: "rtl" }).clock(65)).toBe("٠١:٠٥");
  });
});

describe("the language", () => {
  it("is the first of the browser's that there are words for", () => {
    expect(languageFrom(["fr-FR", "de-AT", "en"])).toBe("de");
    expect(languageFrom(["ar-EG"])).toBe("ar");
    expect(languageFrom(["fr"])).toBe("en");
    expect(languageFrom([])).toBe("en");
  });
});
