import type { Translation } from "../../catalog.ts";
import type { search as english } from "../en/search.ts";

export const search: Translation<typeof english> = {
  "search.name": "Suchen",
  "search.keys": "Suchen (Strg+Umschalt+F)",
  "search.title": "Nachrichten suchen",
  "search.description": "In den Räumen, die Sie lesen dürfen, und in Ihren Direktnachrichten.",
  "search.what": "Gesuchte Wörter",
  "search.where": "Wo",
  "search.everywhere": "Überall",
  "search.found":
    "{count, plural, =0 {Bisher nichts mit „{text}“.} one {# Nachricht mit „{text}“.} other {# Nachrichten mit „{text}“.}}",
  "search.results": "Gefundene Nachrichten",
  "search.further": "Weiter zurück suchen",
  "search.back": "Zurück zu den Ergebnissen",
  "search.at": "{day}, {time}",
};
