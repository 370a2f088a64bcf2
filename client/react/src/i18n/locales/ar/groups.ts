import type { Translation } from "../../catalog.ts";
import type { groups as english } from "../en/groups.ts";

export const groups: Translation<typeof english> = {
  "groups.title": "تكوين المجموعات",
  "groups.description":
    "كل الحاضرين، عدا المضيفين والمشرفين، يحصلون على غرفة. لا يحدث شيء قبل أن تطبّقه.",
  "groups.propose": "اقتراح",
  "groups.again": "اقتراح جديد",
  "groups.stale": "عيّن مضيف آخر أحدًا أثناء اطلاعك. لم يُطبَّق شيء: هذا اقتراح جديد.",
  "groups.applied": "لكل شخص غرفة. من غرفته مفتوحة صار فيها الآن.",
  "groups.how": "الطريقة",
  "groups.by": "بحسب",
  "groups.strategy.balanced": "متوازن: غرف متساوية الحجم",
  "groups.strategy.random": "عشوائي",
  "groups.strategy.alike": "متشابه: أشخاص يجمعهم شيء مشترك",
  "groups.strategy.mixed": "مختلط: أشخاص مختلفون",
  "groups.match.tags": "الكلمات المفردة عنهم",
  "groups.match.texts": "ما كتبوه عن أنفسهم",
  "groups.newCompany": "رفقة جديدة: من اجتمعوا سابقًا يلتقون غيرهم",
  "groups.rules": "جمع أشخاص أو تفريقهم (اختياري)",
  "groups.keep.together": "إبقاؤهم معًا",
  "groups.keep.apart": "تفريقهم",
  "groups.rule.together": "<strong>معًا:</strong> {names}",
  "groups.rule.apart": "<strong>متفرقون:</strong> {names}",
  "groups.forget": "نسيان",
  "groups.forget.together": "نسيان: معًا {names}",
  "groups.forget.apart": "نسيان: متفرقون {names}",
  "groups.proposal": "الاقتراح",
  "groups.noRoom": "بلا غرفة",
  "groups.fresh": "لا أحد يلتقي أحدًا مجددًا.",
  "groups.repeats":
    "{count, plural, zero {# لقاء متكرر.} one {لقاء متكرر واحد.} two {لقاءان متكرران.} few {# لقاءات متكررة.} many {# لقاءً متكررًا.} other {# لقاء متكرر.}}",
  "groups.matched.words": "قورن ما كتبه الأشخاص كلمة بكلمة.",
  "groups.matched.meaning": "قورن ما كتبه الأشخاص بحسب المعنى.",
  "groups.changed": "غيّرته منذ ذلك الحين.",
  "groups.unplaced": "لا مكان لـ: {names}.",
  "groups.moveAbout": "{name} في {room} بحسب هذا الاقتراح. لا يحدث شيء قبل أن تطبّقه.",
  "groups.dropHere": "لا أحد. اسحب الأشخاص إلى هنا.",

  "lists.title": "القوائم",
  "lists.description":
    "من يذهب إلى أين، كجدول فيه سطر لكل شخص. الأعمدة: email أو name، ثم room؛ وtags إن شئت. لا يحدث شيء قبل أن تطبّقه.",
  "lists.file": "ملف (CSV)",
  "lists.table": "أو الجدول نفسه",
  "lists.example": "مثل: name,room ↵ Grace,Blue ↵ linus@example.org,Red",
  "lists.download": "تنزيل التعيينات (CSV)",
  "lists.read": "قراءة القائمة",
  "lists.apply": "تطبيق القائمة",
  "lists.applied": "طُبّقت القائمة.",
  "lists.says": "ما تقوله القائمة",
  "lists.people":
    "{count, plural, zero {# شخص حاضر} one {شخص حاضر واحد} two {شخصان حاضران} few {# أشخاص حاضرين} many {# شخصًا حاضرًا} other {# شخص حاضر}}",
  "lists.guests":
    "{count, plural, zero {# ضيف منتظر} one {ضيف منتظر واحد} two {ضيفان منتظران} few {# ضيوف منتظرين} many {# ضيفًا منتظرًا} other {# ضيف منتظر}}",
  "lists.rooms":
    "{count, plural, zero {# غرفة جديدة} one {غرفة جديدة واحدة} two {غرفتان جديدتان} few {# غرف جديدة} many {# غرفة جديدة} other {# غرفة جديدة}}",
  "lists.roomsNamed": "{rooms} ({names})",
  "lists.summary":
    "{people}، {guests}، {rooms} فيها {inside}{count, plural, zero { منهم} one { منهم} two { منهم} few { منهم} many { منهم} other { منهم}}، و{without} بلا غرفة.",
  "lists.problems":
    "{count, plural, zero {# سطر لم يُقرأ وسيُترك:} one {سطر واحد لم يُقرأ وسيُترك:} two {سطران لم يُقرآ وسيُتركان:} few {# أسطر لم تُقرأ وستُترك:} many {# سطرًا لم يُقرأ وسيُترك:} other {# سطر لم يُقرأ وسيُترك:}}",
  "lists.moreProblems": "و{count} غيرها.",

  "templates.title": "القوالب",
  "templates.description": "مجموعات غرف مع المعيّنين فيها، تُستخدم مجددًا في أي جلسة لك.",
  "templates.saveAs": "حفظ هذه الغرف باسم",
  "templates.saved": "حُفظت الغرف.",
  "templates.none": "ليس لديك قوالب بعد.",
  "templates.label": "قوالبك",
  "templates.applied": "غرف {name} جاهزة.",
  "templates.use": "استخدام",
  "templates.useWhich": "استخدام {name}",
  "templates.deleteWhich": "حذف {name}",
};
