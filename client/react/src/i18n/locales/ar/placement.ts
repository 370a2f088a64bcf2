import type { Translation } from "../../catalog.ts";
import type { placement as english } from "../en/placement.ts";

export const placement: Translation<typeof english> = {
  "placement.assigned": "المعيّنون: {count}",
  "placement.assignedList": "المعيّنون:",
  "placement.creating": "قيد الإنشاء…",
  "placement.move": "نقل {name}",
  "placement.which": "أي غرفة لـ {name}؟",
  "placement.about": "{name} في {room}. الانتقال إلى غرفة مفتوحة فوري، وإلى غيرها عندما تُفتح.",
  "placement.done": "{name}: {room}.",
};
