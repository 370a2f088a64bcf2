import type { Translation } from "../../catalog.ts";
import type { shared as english } from "../en/shared.ts";

export const shared: Translation<typeof english> = {
  "action.apply": "تطبيق",
  "action.cancel": "إلغاء",
  "action.close": "إغلاق",
  "action.dismiss": "إخفاء",
  "action.rename": "إعادة تسمية",
  "action.save": "حفظ",
  "action.delete": "حذف",
  "action.add": "إضافة",
  "place.main": "القاعة الرئيسية",
  "place.gone": "غرفة لم تعد موجودة",
  "person.gone": "شخص غادر",
  "role.host": "مضيف",
  "role.moderator": "مشرف",
  "role.participant": "مشارك",
  "role.inSentence.host": "مضيف",
  "role.inSentence.moderator": "مشرف",
  "role.inSentence.participant": "مشارك",
  "time.seconds":
    "{count, plural, zero {# ثانية} one {ثانية واحدة} two { ثانيتان} few {# ثوانٍ} many {# ثانية} other {# ثانية}}",
  "time.minutes":
    "{count, plural, zero {# دقيقة} one {دقيقة واحدة} two { دقيقتان} few {# دقائق} many {# دقيقة} other {# دقيقة}}",
  "state.looking": "جارٍ التحميل…",
  "state.gathering": "جارٍ التجميع…",
  "state.loading": "جارٍ التحميل…",
  "state.notLoaded": "تعذّر تحميل هذا الجزء من الصفحة. إن بقي الأمر كذلك فأعد تحميل الصفحة.",
  "form.choose": "اختر…",
  "form.nobody": "لا أحد",
  "form.none": "لا شيء",
  "form.nowhere": "لا مكان",
  "form.room": "الغرفة",
  "form.message": "الرسالة",
};
