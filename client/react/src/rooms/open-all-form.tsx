import type { Room } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { MINUTE_MS, MinutesField } from "./minutes-field.tsx";
import { isInUse, versionsOf } from "./states.ts";

/** Opens every room, for a time or until further notice; where all are open already, changes the time. */
export function OpenAllForm({ rooms }: { rooms: readonly Room[] }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [minutes, setMinutes] = useState("");

  const isAllOpen = rooms.every((room) => room.state === "open");
  const isAllInUse = rooms.every(isInUse);
  const name = t(
    isAllOpen ? "roomForm.setTimer" : isAllInUse ? "allRooms.keepOpen" : "allRooms.open",
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expectedVersions = versionsOf(rooms);
    const durationMs = minutes === "" ? undefined : Number(minutes) * MINUTE_MS;
    void run(() =>
      isAllOpen
        ? commands.setTimer(durationMs ?? null, undefined, expectedVersions)
        : commands.openRooms({ expectedVersions, ...(durationMs !== undefined && { durationMs }) }),
    );
  };

  return (
    <form className="flagship-open-all" onSubmit={submit}>
      <MinutesField label={t("allRooms.minutes")} value={minutes} onChange={setMinutes} />
      <button
        type="submit"
        className={isAllInUse ? undefined : "flagship-primary"}
        disabled={isBusy}
      >
        {name}
      </button>
    </form>
  );
}
