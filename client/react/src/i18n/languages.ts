/** The languages that there are words for, called by their own names. */
export const LANGUAGES = {
  en: { name: "English", dir: "ltr" },
  de: { name: "Deutsch", dir: "ltr" },
  ar: { name: "العربية", dir: "rtl" },
} as const satisfies Record<string, { name: string; dir: "ltr" | "rtl" }>;

/** A language that there are words for: its tag without a region. */
export type Language = keyof typeof LANGUAGES;

/** Whether there are words for a language. */
export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}

/** The first of some language tags (`de-AT`) that there are words for; English if there is none. */
export function languageFrom(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = languageOf(tag);
    if (isLanguage(language)) return language;
  }
  return "en";
}

/**
 * How dates and numbers are written: as in the person's own variety of the language that the page speaks
 * (`en-GB`), where the browser knows of one.
 */
export function formattingLocale(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => languageOf(tag) === language) ?? language;
}

const languageOf = (tag: string) => tag.toLowerCase().split("-")[0] ?? "";
