import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { ar as componentsAr } from "../../../react/src/i18n/locales/ar/index.ts";
import { de as componentsDe } from "../../../react/src/i18n/locales/de/index.ts";
import { en as componentsEn } from "../../../react/src/i18n/locales/en/index.ts";
import { ar } from "../../src/i18n/ar.ts";
import { de } from "../../src/i18n/de.ts";
import { en } from "../../src/i18n/en.ts";

type Words = Readonly<Record<string, string>>;

const catalogs: Record<string, Record<"en" | "de" | "ar", Words>> = {
  app: { en, de, ar },
  components: { en: componentsEn, de: componentsDe, ar: componentsAr },
};

/** A part of a message, as far as it is looked at here. */
interface Element {
  type: number;
  value?: unknown;
  children?: Element[];
  options?: Record<string, { value: Element[] }>;
}

/** The kinds of parts of a message; the library's own list is a `const enum` of another package. */
const KIND = { argument: 1, plural: 6, tag: 8 };

/** What a message takes, and which plural forms each count has. */
function shapeOf(text: string, locale: string) {
  const names = new Set<string>();
  const plurals: string[][] = [];
  const walk = (elements: readonly Element[]) => {
    for (const element of elements) {
      if (element.type === KIND.argument) names.add(element.value as string);
      if (element.type === KIND.tag) {
        names.add(`<${element.value}>`);
        walk(element.children ?? []);
      }
      if (element.type === KIND.plural) {
        names.add(element.value as string);
        const options = element.options ?? {};
        plurals.push(Object.keys(options));
        for (const { value } of Object.values(options)) walk(value);
      }
    }
  };
  walk(new IntlMessageFormat(text, locale).getAst() as Element[]);
  return { names, plurals };
}

/** The values and tags as the type checker reads them out of an English text: `i18n/message-types.ts`. */
function typedNames(text: string): Set<string> {
  const heads = text.split("{").slice(1);
  const values = heads.map((head) => head.split("}")[0]?.split(",")[0]?.split("{")[0] ?? "");
  const tags = text
    .split("<")
    .slice(1)
    .filter((rest) => !rest.startsWith("/"));
  return new Set([
    ...values.filter((value) => value !== "" && !/[ #]/.test(value)),
    ...tags.map((rest) => `<${rest.split(">")[0]}>`),
  ]);
}

/** What a button says to the eye, and to those who do not see what it belongs to. */
const labels = [
  ["knock.name", "knock.at"],
  ["knock.stop", "knock.stopAt"],
  ["knocks.admit", "knocks.admitWhom"],
  ["knocks.notNow", "knocks.notNowWhom"],
  ["help.claim", "help.claimWhom"],
  ["help.done", "help.doneWhom"],
  ["room.leave", "room.leaveWhich"],
  ["room.join", "room.joinWhich"],
  ["room.full", "room.isFull"],
  ["facilitators.takeAway", "facilitators.takeAwayWhom"],
  ["people.mute", "people.muteWhom"],
  ["people.letSpeak", "people.letSpeakWhom"],
  ["groups.forget", "groups.forget.together"],
  ["groups.forget", "groups.forget.apart"],
  ["groups.move", "groups.moveWhom"],
  ["groups.put", "groups.putWhom"],
  ["guests.takeOff", "guests.takeOffWhom"],
  ["templates.use", "templates.useWhich"],
  ["action.delete", "templates.deleteWhich"],
] as const;

it.each(Object.entries(catalogs.components ?? {}))(
  "who speaks to a button says what is on it: %s",
  (language, messages) => {
    for (const [seen, whole] of labels) {
      const [inside, outside] = [messages[seen] ?? "", messages[whole] ?? ""];
      expect(outside.toLocaleLowerCase(language), whole).toContain(
        inside.toLocaleLowerCase(language),
      );
    }
  },
);

describe.each(Object.entries(catalogs))("the words of the %s", (_, { en: english, ...others }) => {
  it("take in English what the type checker reads out of them", () => {
    for (const [key, text] of Object.entries(english)) {
      expect([key, [...typedNames(text)].sort()]).toEqual([
        key,
        [...shapeOf(text, "en").names].sort(),
      ]);
    }
  });

  it.each(Object.entries(others))("are complete in %s", (language, messages) => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(messages)) {
      expect(text.trim(), key).not.toBe("");
      const { names, plurals } = shapeOf(text, language);
      const known = shapeOf(english[key] ?? "", "en").names;
      expect([key, [...names].filter((name) => !known.has(name))]).toEqual([key, []]);
      // What an error says exactly is in English only.
      const missing = [...known].filter((name) => !names.has(name) && name !== "detail");
      expect([key, missing]).toEqual([key, []]);
      for (const forms of plurals) {
        expect([key, [...categories].filter((form) => !forms.includes(form))]).toEqual([key, []]);
      }
    }
  });
});
