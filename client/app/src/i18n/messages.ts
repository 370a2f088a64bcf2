import { defineCatalog } from "@flagship/react/parts";
import { en } from "./en.ts";

/** The words of the app beside its components. */
const catalog = defineCatalog(en, {
  de: async () => (await import("./de.ts")).de,
  ar: async () => (await import("./ar.ts")).ar,
});

/** For the provider: they change together with those of the components. */
export const catalogs = [catalog];

/** Says what belongs to the app in the language of the page. */
export const useAppT = catalog.useT;

/** What {@link useAppT} gives, for what is no component. */
export type AppT = ReturnType<typeof useAppT>;
