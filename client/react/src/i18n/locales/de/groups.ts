import type { Translation } from "../../catalog.ts";
import type { groups as english } from "../en/groups.ts";

export const groups: Translation<typeof english> = {
  "groups.title": "Gruppen bilden",
  "groups.description":
    "Alle, die da sind, außer Gastgeber:innen und Moderator:innen, bekommen einen Raum. Nichts geschieht, bevor du es anwendest.",
  "groups.propose": "Vorschlagen",
  "groups.again": "Neu vorschlagen",
  "groups.stale":
    "Jemand anderes hat inzwischen zugeteilt. Nichts wurde angewendet: Dies ist ein neuer Vorschlag.",
  "groups.applied": "Alle haben einen Raum. Wessen Raum offen ist, ist jetzt dort.",
  "groups.how": "Wie",
  "groups.by": "Nach",
  "groups.strategy.balanced": "Ausgewogen: gleich große Räume",
  "groups.strategy.random": "Zufällig",
  "groups.strategy.alike": "Ähnlich: Menschen mit Gemeinsamkeiten",
  "groups.strategy.mixed": "Gemischt: Menschen, die sich unterscheiden",
  "groups.match.tags": "Den einzelnen Wörtern über sie",
  "groups.match.texts": "Dem, was sie über sich geschrieben haben",
  "groups.newCompany": "Neue Gesellschaft: Wer schon zusammen war, trifft andere",
  "groups.rules": "Personen zusammen oder getrennt halten (freiwillig)",
  "groups.keep.together": "Zusammen halten",
  "groups.keep.apart": "Getrennt halten",
  "groups.rule.together": "<strong>Zusammen:</strong> {names}",
  "groups.rule.apart": "<strong>Getrennt:</strong> {names}",
  "groups.forget": "Vergessen",
  "groups.forget.together": "Vergessen: zusammen {names}",
  "groups.forget.apart": "Vergessen: getrennt {names}",
  "groups.proposal": "Vorschlag",
  "groups.noRoom": "Ohne Raum",
  "groups.fresh": "Niemand trifft jemanden wieder.",
  "groups.repeats":
    "{count, plural, one {# Paar trifft sich wieder.} other {# Paare treffen sich wieder.}}",
  "groups.matched.words": "Was geschrieben wurde, wurde Wort für Wort verglichen.",
  "groups.matched.meaning": "Was geschrieben wurde, wurde nach der Bedeutung verglichen.",
  "groups.changed": "Du hast es seitdem geändert.",
  "groups.unplaced": "Kein Platz für: {names}.",
  "groups.moveAbout":
    "{name} ist in diesem Vorschlag in: {room}. Nichts geschieht, bevor Sie ihn anwenden.",
  "groups.dropHere": "Niemand. Ziehen Sie Personen hierher.",

  "lists.title": "Listen",
  "lists.description":
    "Wer wohin geht, als Tabelle mit einer Zeile je Person. Spalten: email oder name, und room; tags, wenn du möchtest. Nichts geschieht, bevor du es anwendest.",
  "lists.file": "Eine Datei (CSV)",
  "lists.table": "Oder die Tabelle selbst",
  "lists.example": "Zum Beispiel: name,room ↵ Grace,Blau ↵ linus@example.org,Rot",
  "lists.download": "Zuteilungen herunterladen (CSV)",
  "lists.read": "Liste lesen",
  "lists.apply": "Liste anwenden",
  "lists.applied": "Die Liste ist angewendet.",
  "lists.says": "Was in der Liste steht",
  "lists.people": "{count, plural, one {# Person, die da ist} other {# Personen, die da sind}}",
  "lists.guests":
    "{count, plural, one {# Gast, der erwartet wird} other {# Gäste, die erwartet werden}}",
  "lists.rooms": "{count, plural, one {# neuer Raum} other {# neue Räume}}",
  "lists.roomsNamed": "{rooms} ({names})",
  "lists.summary":
    "{people}, {guests}, {rooms} mit {inside}{count, plural, one { darin} other { darin}}, {without} ohne Raum.",
  "lists.problems":
    "{count, plural, one {# Zeile ließ sich nicht lesen und würde ausgelassen:} other {# Zeilen ließen sich nicht lesen und würden ausgelassen:}}",
  "lists.moreProblems": "und {count} weitere.",

  "templates.title": "Vorlagen",
  "templates.description":
    "Räume mit denen, die ihnen zugeteilt sind, zum Wiederverwenden in jeder deiner Sitzungen.",
  "templates.saveAs": "Diese Räume speichern als",
  "templates.saved": "Die Räume sind gespeichert.",
  "templates.none": "Du hast noch keine Vorlagen.",
  "templates.label": "Deine Vorlagen",
  "templates.applied": "Die Räume von {name} sind da.",
  "templates.use": "Verwenden",
  "templates.useWhich": "{name} verwenden",
  "templates.deleteWhich": "{name} löschen",
};
