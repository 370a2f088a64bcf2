import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { Field } from "../shared/field.tsx";
import { useAction } from "../shared/use-action.ts";

/** Makes several rooms at once, numbered, to be opened later. */
export function CreateRoomsDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const most = LIMITS.rooms - useSessionState((state) => state.rooms.length);
  const [count, setCount] = useState("4");
  const [name, setName] = useState(t("several.prefixValue"));
  const [capacity, setCapacity] = useState("");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const limit = capacity === "" ? {} : { capacity: Number(capacity) };
    const rooms = Array.from({ length: Number(count) }, (_, index) => ({
      name: t("several.numbered", { name: name.trim(), number: index + 1 }),
      ...limit,
    }));
    if (await run(() => commands.createRooms(rooms))) onClose();
  };

  return (
    <Dialog
      title={t("several.title")}
      description={t("several.description")}
      closeName={t("action.cancel")}
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Field
          label={t("several.count")}
          hint={t("several.most", { count: most })}
          type="number"
          min={1}
          max={most}
          step={1}
          value={count}
          onChange={(event) => setCount(event.target.value)}
          required
        />
        <Field
          label={t("several.prefix")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={LIMITS.roomNameChars - 4}
          required
        />
        <Field
          label={t("several.capacity")}
          type="number"
          min={1}
          max={LIMITS.roomCapacity}
          step={1}
          value={capacity}
          onChange={(event) => setCapacity(event.target.value)}
        />
        <div className="flagship-dialog-actions">
          <button type="submit" className="flagship-primary" disabled={isBusy}>
            {t("several.create")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
