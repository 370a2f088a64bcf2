import type { Participant, Room } from "@flagship/core";
import { Occupants } from "./occupants.tsx";
import { RoomHead } from "./room-head.tsx";
import { RoomSettings } from "./room-settings.tsx";
import { RoomWays } from "./room-ways.tsx";
import { isInUse } from "./states.ts";

interface RoomCardProps {
  room: Room;
  /** Who is in it. */
  people: readonly Participant[];
  /** Who is assigned to it, wherever they are. */
  assigned: readonly Participant[];
  self: Participant | undefined;
  isKeeper: boolean;
  isLive: boolean;
}

/** A breakout room. */
export function RoomCard({ room, people, assigned, self, isKeeper, isLive }: RoomCardProps) {
  const isHere = self?.roomId === room.id;
  return (
    <li className="room" data-here={isHere} data-closed={room.state === "closed"}>
      <RoomHead
        room={room}
        present={people.length}
        isHere={isHere}
        isOwn={self?.assignedRoomId === room.id}
      />
      {isInUse(room) && <Occupants people={people} />}
      {!isInUse(room) && assigned.length > 0 && (
        <p className="hint">Assigned: {assigned.map(({ alias }) => alias).join(", ")}</p>
      )}
      <div className="room-actions">
        {isLive && (
          <RoomWays
            room={room}
            self={self}
            isFull={room.capacity !== null && people.length >= room.capacity}
          />
        )}
        {isKeeper && <RoomSettings room={room} />}
      </div>
    </li>
  );
}
