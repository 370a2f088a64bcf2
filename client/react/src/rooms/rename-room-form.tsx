import { LIMITS, type Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Field } from "../shared/field.tsx";
import { useRoomUpdate } from "./use-room-update.ts";

/** Gives a room another name. */
export function RenameRoomForm({ room }: { room: Room }) {
  const t = useT();
  const update = useRoomUpdate(room);
  const [name, setName] = useState<string>();

  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = (name ?? "").trim();
    if (wanted === "" || wanted === room.name) setName(undefined);
    else if (await update({ name: wanted })) setName(undefined);
  };

  return (
    <form className="flagship-inline" onSubmit={(event) => void rename(event)}>
      <Field
        label={t("roomForm.name")}
        value={name ?? room.name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.roomNameChars}
        required
      />
      <button type="submit">{t("action.rename")}</button>
    </form>
  );
}
