import { useLocale } from "@flagship/react/parts";
import { useLayoutEffect } from "react";
import type { Theme } from "./preferences.ts";

/** Gives the document its language, its direction and its colours. */
export function useDocument(theme: Theme): void {
  const { language, dir } = useLocale();
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dir = dir;
  }, [language, dir]);
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset.theme;
    else dataset.theme = theme;
  }, [theme]);
}
