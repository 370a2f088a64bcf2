import type { Translation } from "../../catalog.ts";
import type { placement as english } from "../en/placement.ts";

export const placement: Translation<typeof english> = {
  "placement.assigned": "Zugeteilt: {count}",
  "placement.assignedList": "Zugeteilt:",
  "placement.creating": "Wird angelegt …",
  "placement.move": "{name} verschieben",
  "placement.which": "Welcher Raum für {name}?",
  "placement.about":
    "{name} ist in {room}. In einen offenen Raum geht es sofort, in einen anderen, sobald er öffnet.",
  "placement.done": "{name}: {room}.",
};
