import { type GuestAssignment, LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { Field } from "../shared/field.tsx";
import { roomName } from "../shared/names.ts";
import { Select } from "../shared/select.tsx";
import { useAction } from "../shared/use-action.ts";

const NONE: readonly GuestAssignment[] = [];

/** Who has a room before they arrive. */
export function GuestsDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const guests = useSessionState((state) => state.moderation?.guests ?? NONE);
  const rooms = useSessionState((state) => state.rooms);
  const [key, setKey] = useState("");
  const [chosen, setChosen] = useState<string>();
  const roomId = rooms.some(({ id }) => id === chosen) ? chosen : rooms[0]?.id;

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (roomId === undefined) return;
    if (await run(() => commands.assignGuests([{ key: key.trim(), roomId }]))) setKey("");
  };

  return (
    <Dialog title={t("guests.title")} description={t("guests.description")} onClose={onClose}>
      <form onSubmit={(event) => void add(event)}>
        <Field
          label={t("guests.key")}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          maxLength={LIMITS.guestKeyChars}
          required
        />
        <Select
          label={t("form.room")}
          value={roomId ?? ""}
          options={rooms.map((room) => [room.id, room.name] as const)}
          onChange={setChosen}
        />
        <button type="submit" className="flagship-primary" disabled={isBusy}>
          {t("guests.add")}
        </button>
      </form>
      {guests.length === 0 && <p className="flagship-hint">{t("guests.none")}</p>}
      <ul className="flagship-rows" aria-label={t("guests.label")}>
        {guests.map((guest) => (
          <li key={guest.key}>
            <span>
              <strong>{guest.key}</strong> {roomName(t, rooms, guest.roomId ?? "")}
            </span>
            <button
              type="button"
              disabled={isBusy}
              aria-label={t("guests.takeOffWhom", { name: guest.key })}
              onClick={() =>
                void run(() => commands.assignGuests([{ key: guest.key, roomId: null }]))
              }
            >
              {t("guests.takeOff")}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
