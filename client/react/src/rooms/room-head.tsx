import type { Room } from "@flagship/core";
import { Countdown } from "./countdown.tsx";
import { endOf, STATE_NAMES } from "./states.ts";

interface RoomHeadProps {
  room: Room;
  /** How many people are in it. */
  present: number;
  isHere: boolean;
  /** Whether it is the room that one is assigned to. */
  isOwn: boolean;
}

/** A room's name, its state in words, and how long that lasts. */
export function RoomHead({ room, present, isHere, isOwn }: RoomHeadProps) {
  const end = endOf(room);
  return (
    <div className="room-head">
      <h3>{room.name}</h3>
      <span className="tag" data-state={room.state}>
        {STATE_NAMES[room.state]}
      </span>
      {end !== null && (
        <span className="tag">
          <span className="visually-hidden">Time left: </span>
          <Countdown until={end} />
        </span>
      )}
      {room.locked && <span className="tag">Locked</span>}
      {room.slowModeMs !== null && <span className="tag">Slow mode</span>}
      {room.capacity !== null && (
        <span className="tag">
          {present} of {room.capacity}
        </span>
      )}
      {isOwn && <span className="tag">Your room</span>}
      {isHere && <span className="here">You are here</span>}
    </div>
  );
}
