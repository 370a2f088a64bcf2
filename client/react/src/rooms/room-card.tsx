import { isAskedFor, type Participant, type Room } from "@flagship/core";
import { memo } from "react";
import { useT } from "../i18n/messages.ts";
import { DropRoom } from "../placement/drop-room.tsx";
import { keepsOrder, keepsOrderIn } from "../shared/names.ts";
import type { RowPlace } from "../shared/use-virtual-rows.ts";
import { Occupants } from "./occupants.tsx";
import { RoomHead } from "./room-head.tsx";
import { RoomHistoryButton } from "./room-history-button.tsx";
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
  isLive: boolean;
}

/** A breakout room. */
export function RoomCard({ place, ...props }: RoomCardProps & { place: RowPlace }) {
  const { room, self } = props;
  return (
    <li
      className="flagship-room"
      data-here={self?.roomId === room.id}
      data-closed={room.state === "closed"}
      {...place}
    >
      <AboutRoom {...props} />
    </li>
  );
}

/** Cards move far more often than rooms change. */
const AboutRoom = memo(function AboutRoom({ room, people, assigned, self, isLive }: RoomCardProps) {
  const t = useT();
  const isHere = self?.roomId === room.id;
  const canMove = isLive && keepsOrder(self);
  if (isAskedFor(room)) {
    return (
      <>
        <h3>{room.name}</h3>
        <p className="flagship-hint">{t("placement.creating")}</p>
      </>
    );
  }
  return (
    <DropRoom roomId={room.id} isEnabled={canMove && room.state !== "closing"}>
      <RoomHead
        room={room}
        present={people.length}
        isHere={isHere}
        isOwn={self?.assignedRoomId === room.id}
      />
      {isInUse(room) && <Occupants people={people} canMove={canMove} />}
      {!isInUse(room) && assigned.length > 0 && (
        <>
          <p className="flagship-hint">{t("placement.assignedList")}</p>
          <Occupants people={assigned} areAssigned canMove={canMove} />
        </>
      )}
      <div className="flagship-room-actions">
        {isLive && (
          <RoomWays
            room={room}
            self={self}
            isFull={room.capacity !== null && people.length >= room.capacity}
          />
        )}
        {isLive && self && keepsOrderIn(self, room) && <RoomSettings room={room} self={self} />}
        <RoomHistoryButton room={room} self={self} />
      </div>
    </DropRoom>
  );
});
