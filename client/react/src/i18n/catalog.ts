import { use } from "react";
import { LANGUAGES, type Language } from "./languages.ts";
import { LocaleContext } from "./locale-context.ts";
import { type Messages, type Translate, translator, type Writing } from "./translator.ts";

/** The same messages in another language. */
export type Translation<M extends Messages> = { readonly [Key in keyof M]: string };

/** Some messages in every language: English is always there, the others are fetched when they are wanted. */
export interface Catalog<M extends Messages> {
  /** Brings a language's words. It does nothing where they are there. */
  load(language: Language): Promise<void>;
  /** Says things in a language whose words are there, else in English. */
  translate(writing: Writing & { language: Language }): Translate<M>;
  /** Says things in the language of the page. */
  useT(): Translate<M>;
}

/** Puts messages together: those of English, and where to get the others. */
export function defineCatalog<const M extends Messages>(
  english: M,
  others: Record<Exclude<Language, "en">, () => Promise<Translation<M>>>,
): Catalog<M> {
  const there = new Map<Language, Translation<M>>([["en", english]]);
  const made = new Map<string, Translate<M>>();

  const translate: Catalog<M>["translate"] = ({ language, locale }) => {
    const known = there.has(language) ? language : "en";
    const key = `${known} ${locale}`;
    const existing = made.get(key);
    if (existing) return existing;
    const messages = (there.get(known) ?? english) as M;
    const writing = { locale: known === language ? locale : "en", dir: LANGUAGES[known].dir };
    const translating = translator(messages, writing);
    made.set(key, translating);
    return translating;
  };

  return {
    async load(language) {
      if (language === "en" || there.has(language)) return;
      there.set(language, await others[language]());
    },
    translate,
    useT: () => translate(use(LocaleContext)),
  };
}
