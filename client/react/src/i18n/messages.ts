import { defineCatalog } from "./catalog.ts";
import { en } from "./locales/en/index.ts";
import type { Translate } from "./translator.ts";

/** The words of the components. */
export const catalog = defineCatalog(en, {
  de: async () => (await import("./locales/de/index.ts")).de,
  ar: async () => (await import("./locales/ar/index.ts")).ar,
});

/** Says things in the language of the page, checked: each key is there, and gets the values that it needs. */
export const { useT } = catalog;

/** What {@link useT} gives, for what is no component. */
export type T = Translate<typeof en>;

/** What can be said. */
export type MessageKey = keyof typeof en;
