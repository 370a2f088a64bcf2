import type { Room, RoomId } from "@flagship/core";
import { useState } from "react";
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
  const [isMoving, setIsMoving] = useState(false);
  const [to, setTo] = useState(roomId ?? NONE);
  if (!isMoving) {
    return (
      <li className="placed">
        <span>{alias}</span>
        <button
          type="button"
          className="plain"
          aria-label={`Move ${alias}`}
          onClick={() => setIsMoving(true)}
        >
          Move
        </button>
      </li>
    );
  }
  return (
    <li className="placed">
      <Select
        label={`Room of ${alias}`}
        value={to}
        options={[...rooms.map(({ id, name }) => [id, name] as const), [NONE, "No room"]]}
        onChange={setTo}
      />
      <button
        type="button"
        aria-label={`Put ${alias} there`}
        onClick={() => {
          setIsMoving(false);
          onMove(to === NONE ? null : to);
        }}
      >
        Put
      </button>
    </li>
  );
}
