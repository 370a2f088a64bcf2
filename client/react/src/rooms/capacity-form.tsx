import { LIMITS, type Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Field } from "../shared/field.tsx";
import { useRoomUpdate } from "./use-room-update.ts";

/** Says how many people a room takes. */
export function CapacityForm({ room }: { room: Room }) {
  const t = useT();
  const update = useRoomUpdate(room);
  const [capacity, setCapacity] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (capacity === undefined) return;
    if (await update({ capacity: capacity === "" ? null : Number(capacity) })) {
      setCapacity(undefined);
    }
  };

  return (
    <form className="flagship-inline" onSubmit={(event) => void submit(event)}>
      <Field
        label={t("roomForm.capacity")}
        placeholder={t("roomForm.noLimit")}
        type="number"
        min={1}
        max={LIMITS.roomCapacity}
        step={1}
        value={capacity ?? room.capacity ?? ""}
        onChange={(event) => setCapacity(event.target.value)}
      />
      <button type="submit">{t("action.apply")}</button>
    </form>
  );
}
