import type { Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { MINUTE_MS, MinutesField } from "./minutes-field.tsx";
import { isInUse, versionsOf } from "./states.ts";

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
    <form className="flagship-inline" onSubmit={(event) => void submit(event)}>
      <MinutesField
        label={t("roomForm.minutes")}
        placeholder={t("roomForm.noTimer")}
        value={minutes}
        onChange={setMinutes}
      />
      <button type="submit" disabled={isBusy}>
        {t(isInUse(room) ? "roomForm.setTimer" : "roomForm.open")}
      </button>
    </form>
  );
}
