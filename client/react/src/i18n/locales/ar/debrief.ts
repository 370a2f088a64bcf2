import type { Translation } from "../../catalog.ts";
import type { debrief as english } from "../en/debrief.ts";

export const debrief: Translation<typeof english> = {
  "debrief.title": "الملخص",
  "debrief.description": "من كان أين ومتى، وكم انتظر الناس المساعدة، حتى لحظة فتحك لهذا.",
  "debrief.visitsTable": "تنزيل الزيارات (CSV)",
  "debrief.everything": "تنزيل كل شيء (JSON)",
  "debrief.rounds": "الجولات",
  "debrief.noRound": "لا جولات بعد.",
  "debrief.round": "الجولة {round}، من {from} إلى {to}",
  "debrief.now": "الآن",
  "debrief.stillWaits": "ما زال ينتظر",
  "debrief.group": "<strong>{room}</strong>: {names}",
  "debrief.nobody": "لا أحد",
  "debrief.messageCount":
    "({count, plural, zero {# رسالة} one {رسالة واحدة} two { رسالتان} few {# رسائل} many {# رسالة} other {# رسالة}})",
  "debrief.rooms": "الغرف",
  "debrief.room": "الغرفة",
  "debrief.visitors": "الزوار",
  "debrief.messages": "الرسائل",
  "debrief.help": "المساعدة",
  "debrief.who": "من",
  "debrief.when": "متى",
  "debrief.waited": "انتظر",
  "debrief.about": "الموضوع",
  "debrief.alert": "{name} (تنبيه)",
  "debrief.visits": "الزيارات",
  "debrief.roundNumber": "الجولة",
  "debrief.from": "من",
  "debrief.to": "إلى",
  "debrief.more": "و{count} غيرها.",
};
