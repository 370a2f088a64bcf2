import type { Room } from "@flagship/core";
import { useMemo, useState } from "react";
import { useSessionState } from "../session/context.tsx";
import { aliasOf, keepsOrder } from "../shared/names.ts";
import { Select } from "../shared/select.tsx";
import { useRoomUpdate } from "./use-room-update.ts";

/** Who keeps order in a room without being a moderator. */
export function Facilitators({ room }: { room: Room }) {
  const update = useRoomUpdate(room);
  const participants = useSessionState((state) => state.participants);
  const [chosen, setChosen] = useState("");
  const candidates = useMemo(
    () =>
      Object.values(participants)
        .filter((person) => !keepsOrder(person) && !room.facilitatorIds.includes(person.id))
        .sort((a, b) => a.alias.localeCompare(b.alias)),
    [participants, room.facilitatorIds],
  );

  const add = async () => {
    if (chosen === "") return;
    if (await update({ facilitatorIds: [...room.facilitatorIds, chosen] })) setChosen("");
  };

  return (
    <fieldset className="facilitators">
      <legend>Facilitators</legend>
      <ul>
        {room.facilitatorIds.map((id) => (
          <li key={id}>
            {aliasOf(participants, id)}
            <button
              type="button"
              className="plain"
              aria-label={`Take away ${aliasOf(participants, id)}`}
              onClick={() =>
                void update({ facilitatorIds: room.facilitatorIds.filter((other) => other !== id) })
              }
            >
              Take away
            </button>
          </li>
        ))}
      </ul>
      {candidates.length > 0 && (
        <div className="inline">
          <Select
            label="Facilitator"
            isLabelHidden
            value={chosen}
            options={[["", "Choose…"], ...candidates.map(({ id, alias }) => [id, alias] as const)]}
            onChange={setChosen}
          />
          <button type="button" onClick={() => void add()}>
            Add
          </button>
        </div>
      )}
    </fieldset>
  );
}
