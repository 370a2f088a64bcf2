import type { Translation } from "../../catalog.ts";
import type { search as english } from "../en/search.ts";

export const search: Translation<typeof english> = {
  "search.name": "بحث",
  "search.keys": "بحث (Ctrl+Shift+F)",
  "search.title": "البحث في الرسائل",
  "search.description": "في الغرف التي يمكنك قراءتها وفي رسائلك المباشرة.",
  "search.what": "الكلمات المطلوبة",
  "search.where": "أين",
  "search.everywhere": "في كل مكان",
  "search.found":
    "{count, plural, zero {لا شيء يحتوي على «{text}» حتى الآن.} one {رسالة واحدة تحتوي على «{text}».} two {رسالتان تحتويان على «{text}».} few {# رسائل تحتوي على «{text}».} many {# رسالة تحتوي على «{text}».} other {# رسالة تحتوي على «{text}».}}",
  "search.results": "الرسائل التي عُثر عليها",
  "search.further": "البحث أبعد في الماضي",
  "search.back": "العودة إلى النتائج",
  "search.at": "{day}، {time}",
};
