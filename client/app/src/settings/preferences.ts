import { isLanguage, type Language, languageFrom } from "@flagship/react/parts";
import { useSyncExternalStore } from "react";

/** Which colours the page has. */
export type Theme = "system" | "light" | "dark";

/** What a person has chosen for this browser. */
export interface Preferences {
  /** Absent: the first language of the browser that there are words for. */
  readonly language?: Language;
  readonly theme: Theme;
  /** Whether a sound says that something wants attention while the page is not seen. */
  readonly sound: boolean;
  /** Whether the device says so. */
  readonly desktop: boolean;
}

/** `public/theme.js` reads it too. */
const KEY = "flagship.settings";

const listeners = new Set<() => void>();
let current = read();

/** What is chosen. */
export const preferences = (): Preferences => current;

/** Chooses, and remembers it where the browser lets it. */
export function prefer(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {}
  for (const listener of [...listeners]) listener();
}

/** What is chosen, now and after each change, in another window too. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** The language of the page. */
export function chosenLanguage({ language }: Preferences): Language {
  return language ?? languageFrom(navigator.languages);
}

function subscribe(listener: () => void): () => void {
  const onElsewhere = ({ key }: StorageEvent) => {
    if (key !== KEY) return;
    current = read();
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onElsewhere);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onElsewhere);
  };
}

/** Whatever else the storage may hold. */
function read(): Preferences {
  let held: Record<string, unknown> = {};
  try {
    held = Object(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {}
  const { language, theme } = held;
  return {
    ...(typeof language === "string" && isLanguage(language) && { language }),
    theme: theme === "light" || theme === "dark" ? theme : "system",
    sound: held.sound === true,
    desktop: held.desktop === true,
  };
}
