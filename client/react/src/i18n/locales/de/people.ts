import type { Translation } from "../../catalog.ts";
import type { people as english } from "../en/people.ts";

export const people: Translation<typeof english> = {
  "people.title": "Personen ({count})",
  "people.you": " (du)",
  "people.muted": "Stumm",
  "people.hand": "Hand gehoben",
  "people.raiseHand": "Hand heben",
  "people.online": "Online, in {room}",
  "people.offline": "Offline, in {room}",
  "people.unknown": "In {room}",
  "people.assigned": "Zugeteilt: {room}",
  "people.invited": "Eingeladen: {room}",
  "people.bringBack": "In den Hauptraum holen",
  "people.inviteTo": "Einladen nach",
  "people.assignment": "Zuteilung",
  "people.swapWith": "Tauschen mit",
  "people.role": "Rolle",
  "people.mute": "Stummschalten",
  "people.muteWhom": "{name} stummschalten",
  "people.letSpeak": "Sprechen lassen",
  "people.letSpeakWhom": "Sprechen lassen: {name}",
  "people.remove": "Entfernen",
  "people.removeTitle": "{name} entfernen?",
  "people.removeAbout": "{name} verlässt die Sitzung, erfährt es und darf wiederkommen.",
  "people.ban": "Ausschließen",
  "people.banTitle": "{name} ausschließen?",
  "people.banAbout":
    "{name} verlässt die Sitzung und kann nicht wiederkommen, gleich mit welchem Gerät.",
  "people.handOver": "Leitung abgeben",
  "people.handOverTitle": "Leitung an {name} abgeben?",
  "people.handOverAbout": "{name} übernimmt die Leitung, und du wirst Moderator:in.",
  "people.report": "<more>{name} </more>melden",
  "people.reportTitle": "{name} melden?",
  "people.reportAbout":
    "Alarmiert Gastgeber:innen und Moderator:innen und sonst niemanden: {name} erfährt es nicht.",
  "people.reportSend": "Alarm senden",

  "profile.name": "Über dich",
  "profile.description":
    "Alle sehen deinen Namen. Den Rest sehen nur Gastgeber:innen und Moderator:innen: Es hilft ihnen, Gruppen zu bilden.",
  "profile.alias": "Dein Name hier",
  "profile.about": "Über dich (freiwillig)",
  "profile.tags": "In einzelnen Wörtern (freiwillig)",
  "profile.tagsHint": "Durch Kommas getrennt, etwa: Design, Schach. Höchstens {count}.",

  "guests.title": "Erwartete Gäste",
  "guests.description":
    "Personen, die schon vor ihrer Ankunft einen Raum haben, nach E-Mail-Adresse oder Namen. Wer schon da ist, wird sofort zugeteilt.",
  "guests.key": "E-Mail-Adresse oder Name",
  "guests.add": "Gast hinzufügen",
  "guests.none": "Niemand wird erwartet.",
  "guests.label": "Gäste",
  "guests.takeOff": "Streichen",
  "guests.takeOffWhom": "{name} streichen",
  "people.find": "Personen finden",
  "people.found": "{found} von {count} Personen",
};
