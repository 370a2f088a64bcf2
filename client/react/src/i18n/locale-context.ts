import { createContext, use } from "react";
import type { Language } from "./languages.ts";

/** The language of a part of the page. */
export interface Locale {
  readonly language: Language;
  /** How dates and numbers are written, such as `en-GB`. */
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
}

/** English, where no provider says otherwise: the components work without one. */
export const LocaleContext = createContext<Locale>({ language: "en", locale: "en", dir: "ltr" });

/** The language of this part of the page. */
export const useLocale = (): Locale => use(LocaleContext);
