import { LIMITS, type Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { Field } from "../shared/field.tsx";
import { useRoomUpdate } from "./use-room-update.ts";

/** Gives a room another name. */
export function RenameRoomForm({ room }: { room: Room }) {
  const update = useRoomUpdate(room);
  const [name, setName] = useState<string>();

  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = (name ?? "").trim();
    if (wanted === "" || wanted === room.name) setName(undefined);
    else if (await update({ name: wanted })) setName(undefined);
  };

  return (
    <form className="inline" onSubmit={(event) => void rename(event)}>
      <Field
        label="Name"
        value={name ?? room.name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.roomNameChars}
        required
      />
      <button type="submit">Rename</button>
    </form>
  );
}
