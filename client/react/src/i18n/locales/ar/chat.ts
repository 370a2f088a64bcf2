import type { Translation } from "../../catalog.ts";
import type { chat as english } from "../en/chat.ts";

export const chat: Translation<typeof english> = {
  "chat.title": "الدردشة",
  "chat.new": "{count}<more> جديدة</more>",
  "chat.messageTo": "رسالة إلى {room}",
  "chat.send": "إرسال",
  "chat.sendIn": "إرسال خلال {time}",
  "chat.mutedPlaceholder": "تم كتمك",
  "chat.muted": "تم كتمك: يسمح لك مضيف أو مشرف بالكلام مجددًا.",
  "chat.slow": "وضع بطيء: رسالة واحدة كل {time}.",
  "chat.left": "بقي {count} حرفًا",
  "chat.over": "{count} حرفًا زائدًا",
  "chat.log": "الرسائل في {room}",
  "chat.older": "تحميل رسائل أقدم",
  "chat.empty": "لم يُقل شيء في {room} بعد.",
  "chat.toEveryone": "إلى الجميع",
  "chat.toRoom": "إلى هذه الغرفة",
  "chat.notSent": "لم تُرسل: {reason}",
  "chat.again": "إعادة الإرسال",
  "chat.drop": "تجاهل",
  "chat.sending": "جارٍ الإرسال…",
  "chat.queued": "تُرسل حالما يعود الاتصال.",
  "chat.typingOne": "{name} يكتب…",
  "chat.typingTwo": "{first} و{second} يكتبان…",
  "chat.typingMany": "عدة أشخاص يكتبون…",
  "chat.arrived":
    "{count, plural, zero {# رسالة جديدة في {room}} one {رسالة جديدة واحدة في {room}} two {رسالتان جديدتان في {room}} few {# رسائل جديدة في {room}} many {# رسالة جديدة في {room}} other {# رسالة جديدة في {room}}}",
  "chat.says": "{name}: {text}",
  "chat.newest": "الأحدث",
  "chat.newCount":
    "{count, plural, zero {# رسالة جديدة} one {رسالة جديدة واحدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}}",
  "chat.newMark": "رسائل جديدة",
  "chat.today": "اليوم",
  "chat.yesterday": "أمس",
};
