import type { Room } from "@flagship/core";
import { useMemo, useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { aliasOf, keepsOrder } from "../shared/names.ts";
import { Select } from "../shared/select.tsx";
import { useRoomUpdate } from "./use-room-update.ts";

/** Who keeps order in a room without being a moderator. */
export function Facilitators({ room }: { room: Room }) {
  const t = useT();
  const formats = useFormats();
  const update = useRoomUpdate(room);
  const participants = useSessionState((state) => state.participants);
  const [chosen, setChosen] = useState("");
  const candidates = useMemo(
    () =>
      Object.values(participants)
        .filter((person) => !keepsOrder(person) && !room.facilitatorIds.includes(person.id))
        .sort((a, b) => formats.compare(a.alias, b.alias)),
    [participants, room.facilitatorIds, formats],
  );

  const add = async () => {
    if (chosen === "") return;
    if (await update({ facilitatorIds: [...room.facilitatorIds, chosen] })) setChosen("");
  };

  return (
    <fieldset className="flagship-facilitators">
      <legend>{t("facilitators.title")}</legend>
      <ul>
        {room.facilitatorIds.map((id) => (
          <li key={id}>
            {aliasOf(t, participants, id)}
            <button
              type="button"
              className="flagship-plain"
              aria-label={t("facilitators.takeAwayWhom", { name: aliasOf(t, participants, id) })}
              onClick={() =>
                void update({ facilitatorIds: room.facilitatorIds.filter((other) => other !== id) })
              }
            >
              {t("facilitators.takeAway")}
            </button>
          </li>
        ))}
      </ul>
      {candidates.length > 0 && (
        <div className="flagship-inline">
          <Select
            label={t("facilitators.one")}
            isLabelHidden
            value={chosen}
            options={[
              ["", t("form.choose")],
              ...candidates.map(({ id, alias }) => [id, alias] as const),
            ]}
            onChange={setChosen}
          />
          <button type="button" onClick={() => void add()}>
            {t("action.add")}
          </button>
        </div>
      )}
    </fieldset>
  );
}
