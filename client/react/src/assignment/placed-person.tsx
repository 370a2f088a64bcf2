import type { Room, RoomId } from "@flagship/core";
import { useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Select } from "../shared/select.tsx";

/** No room has this id. */
const NONE = "";

interface PlacedPersonProps {
  alias: string;
  roomId: RoomId | null;
  rooms: readonly Room[];
  onMove: (roomId: RoomId | null) => void;
}

/** Somebody in a proposal, who can be put elsewhere. */
export function PlacedPerson({ alias, roomId, rooms, onMove }: PlacedPersonProps) {
  const t = useT();
  const [isMoving, setIsMoving] = useState(false);
  const [to, setTo] = useState(roomId ?? NONE);
  if (!isMoving) {
    return (
      <li className="placed">
        <span>{alias}</span>
        <button
          type="button"
          className="plain"
          aria-label={t("groups.moveWhom", { name: alias })}
          onClick={() => setIsMoving(true)}
        >
          {t("groups.move")}
        </button>
      </li>
    );
  }
  return (
    <li className="placed">
      <Select
        label={t("groups.roomOf", { name: alias })}
        value={to}
        options={[...rooms.map(({ id, name }) => [id, name] as const), [NONE, t("groups.noRoom")]]}
        onChange={setTo}
      />
      <button
        type="button"
        aria-label={t("groups.putWhom", { name: alias })}
        onClick={() => {
          setIsMoving(false);
          onMove(to === NONE ? null : to);
        }}
      >
        {t("groups.put")}
      </button>
    </li>
  );
}
