import { LIMITS, type Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { Field } from "../shared/field.tsx";
import { useAction } from "../shared/use-action.ts";
import { isInUse, versionsOf } from "./states.ts";

const MINUTE_MS = 60_000;

/** Opens one room, for a time or until further notice; where it is open already, changes the time. */
export function RoomTimerForm({ room }: { room: Room }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [minutes, setMinutes] = useState("");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const durationMs = minutes === "" ? null : Number(minutes) * MINUTE_MS;
    const roomIds = [room.id];
    const expectedVersions = versionsOf([room]);
    const isDone = await run(() =>
      isInUse(room)
        ? commands.setTimer(durationMs, roomIds, expectedVersions)
        : commands.openRooms({
            roomIds,
            expectedVersions,
            ...(durationMs !== null && { durationMs }),
          }),
    );
    if (isDone) setMinutes("");
  };

  return (
    <form className="inline" onSubmit={(event) => void submit(event)}>
      <Field
        label={t("roomForm.minutes")}
        placeholder={t("roomForm.noTimer")}
        type="number"
        min={1}
        max={LIMITS.timerMaxMs / MINUTE_MS}
        step={1}
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
      <button type="submit" disabled={isBusy}>
        {t(isInUse(room) ? "roomForm.setTimer" : "roomForm.open")}
      </button>
    </form>
  );
}
