import type { Translation } from "../../catalog.ts";
import type { debrief as english } from "../en/debrief.ts";

export const debrief: Translation<typeof english> = {
  "debrief.title": "Auswertung",
  "debrief.description":
    "Wer wann wo war und wie lange auf Hilfe gewartet wurde, bis zu dem Moment, in dem du dies geöffnet hast.",
  "debrief.visitsTable": "Besuche herunterladen (CSV)",
  "debrief.everything": "Alles herunterladen (JSON)",
  "debrief.rounds": "Runden",
  "debrief.noRound": "Noch keine Runde.",
  "debrief.round": "Runde {round}, {from} bis {to}",
  "debrief.now": "jetzt",
  "debrief.stillWaits": "wartet noch",
  "debrief.group": "<strong>{room}</strong>: {names}",
  "debrief.nobody": "niemand",
  "debrief.messageCount": "({count, plural, one {# Nachricht} other {# Nachrichten}})",
  "debrief.rooms": "Räume",
  "debrief.room": "Raum",
  "debrief.visitors": "Besuche",
  "debrief.messages": "Nachrichten",
  "debrief.help": "Hilfe",
  "debrief.who": "Wer",
  "debrief.when": "Wann",
  "debrief.waited": "Gewartet",
  "debrief.about": "Worüber",
  "debrief.alert": "{name} (Alarm)",
  "debrief.visits": "Aufenthalte",
  "debrief.roundNumber": "Runde",
  "debrief.from": "Von",
  "debrief.to": "Bis",
  "debrief.more": "Und {count} weitere.",
};
