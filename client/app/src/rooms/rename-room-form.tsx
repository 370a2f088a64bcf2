import { LIMITS, type Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useSession } from "../session/context.tsx";
import { Field } from "../shared/field.tsx";
import { useAction } from "../shared/use-action.ts";

/** Gives a room another name. */
export function RenameRoomForm({ room }: { room: Room }) {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [name, setName] = useState<string>();

  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = (name ?? "").trim();
    if (wanted === "" || wanted === room.name) setName(undefined);
    else if (await run(() => commands.updateRoom(room.id, { name: wanted }))) setName(undefined);
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
      <button type="submit" disabled={isBusy}>
        Rename
      </button>
    </form>
  );
}
