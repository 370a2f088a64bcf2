import { type ReactNode, useEffect, useState } from "react";
import type { Catalog } from "./catalog.ts";
import { formattingLocale, LANGUAGES, type Language } from "./languages.ts";
import { type Locale, LocaleContext } from "./locale-context.ts";
import { catalog } from "./messages.ts";

interface LocaleProviderProps {
  language: Language;
  /** Further messages that a page brings and that should change together with the components'. */
  catalogs?: readonly Pick<Catalog<never>, "load">[];
  /** What to show until the words are there: nothing, for a page of one's own, or the page in English. */
  meanwhile?: "nothing" | "english";
  children: ReactNode;
}

const NONE: readonly Pick<Catalog<never>, "load">[] = [];

/**
 * The language of the components inside. Another language shows as soon as its words are there; if they cannot be
 * fetched, the one before stays.
 */
export function LocaleProvider({
  language,
  catalogs = NONE,
  meanwhile = "nothing",
  children,
}: LocaleProviderProps) {
  const [locale, setLocale] = useState(() => (language === "en" ? localeOf("en") : undefined));

  useEffect(() => {
    let isOver = false;
    const words = [catalog, ...catalogs].map(({ load }) => load(language));
    Promise.all(words).then(
      () => isOver || setLocale(localeOf(language)),
      () => isOver || setLocale((held) => held ?? localeOf("en")),
    );
    return () => {
      isOver = true;
    };
  }, [language, catalogs]);

  // Neither the wrong language for a moment, nor a page without words.
  if (!locale && meanwhile === "nothing") return null;
  return <LocaleContext value={locale ?? localeOf("en")}>{children}</LocaleContext>;
}

/** A language as the browser's person writes it. */
export function localeOf(language: Language): Locale {
  const preferred = typeof navigator === "undefined" ? [] : navigator.languages;
  const { dir } = LANGUAGES[language];
  return { language, dir, locale: formattingLocale(language, preferred) };
}
