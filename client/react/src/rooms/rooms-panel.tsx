import { MAIN_ROOM, selectSelf } from "@flagship/core";
import { useId, useMemo } from "react";
import { useSessionState } from "../session/context.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { keepsOrder, MAIN_NAME, peopleIn } from "../shared/names.ts";
import { AllRooms } from "./all-rooms.tsx";
import { CreateRoomForm } from "./create-room-form.tsx";
import { CreateRoomsDialog } from "./create-rooms-dialog.tsx";
import { HostTools } from "./host-tools.tsx";
import { MainRoom } from "./main-room.tsx";
import { RoomCard } from "./room-card.tsx";

/** The rooms with the people in them, and the ways in and out. */
export function RoomsPanel() {
  const headingId = useId();
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const self = useSessionState(selectSelf);
  const isLive = useSessionState((state) => state.session?.state === "live");
  const returnAllowed = useSessionState((state) => state.session?.returnAllowed ?? false);
  const people = useMemo(() => Object.values(participants), [participants]);
  const isKeeper = isLive && keepsOrder(self);

  return (
    <section className="pane rooms" aria-labelledby={headingId}>
      <h2 id={headingId}>Rooms</h2>
      {keepsOrder(self) && <HostTools rooms={rooms} isLive={isLive} />}
      {isKeeper && rooms.length > 0 && <AllRooms rooms={rooms} people={people} />}
      <ul className="room-list">
        <MainRoom
          name={MAIN_NAME}
          people={peopleIn(people, MAIN_ROOM)}
          isHere={self?.roomId === MAIN_ROOM}
          mayReturn={isLive && self !== undefined && (isKeeper || returnAllowed)}
        />
        {rooms.map((room) => (
          <RoomCard
            key={room.id}
            room={room}
            people={peopleIn(people, room.id)}
            assigned={people.filter(({ assignedRoomId }) => assignedRoomId === room.id)}
            self={self}
            isLive={isLive}
          />
        ))}
      </ul>
      {rooms.length === 0 && (
        <p className="hint">
          {isKeeper ? "No breakout rooms yet: create the first one." : "No breakout rooms yet."}
        </p>
      )}
      {isKeeper && <CreateRoomForm />}
      {isKeeper && (
        <DialogButton name="Create several rooms…" className="create-rooms">
          {(close) => <CreateRoomsDialog onClose={close} />}
        </DialogButton>
      )}
    </section>
  );
}
