import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { Checkbox } from "../shared/checkbox.tsx";
import { Field } from "../shared/field.tsx";
import { useAction } from "../shared/use-action.ts";

/** Makes a breakout room, open at once or to be opened later with the others. */
export function CreateRoomForm() {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [name, setName] = useState("");
  const [preparing, setPreparing] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // At once: the next name may be typed before the answer is here, and must stay.
    setName("");
    const isMade = await run(() => commands.createRoom({ name: name.trim(), preparing }));
    if (!isMade) setName((typed) => (typed === "" ? name : typed));
  };

  return (
    <form className="flagship-inline flagship-create-room" onSubmit={(event) => void submit(event)}>
      <Field
        label={t("roomForm.new")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.roomNameChars}
        placeholder={t("roomForm.namePlaceholder")}
        required
      />
      <button type="submit" disabled={isBusy}>
        {t("roomForm.create")}
      </button>
      <Checkbox label={t("roomForm.later")} isChecked={preparing} onChange={setPreparing} />
    </form>
  );
}
