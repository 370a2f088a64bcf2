import { MAIN_ROOM, type Participant, type Room, selectExpected, selectSelf } from "@flagship/core";
import { useId, useMemo, useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { FindField } from "../shared/find-field.tsx";
import { groupBy } from "../shared/group-by.ts";
import { matches } from "../shared/matches.ts";
import { keepsOrder } from "../shared/names.ts";
import { useVirtualRows } from "../shared/use-virtual-rows.ts";
import { AllRooms } from "./all-rooms.tsx";
import { CreateRoomForm } from "./create-room-form.tsx";
import { CreateRoomsDialog } from "./create-rooms-dialog.tsx";
import { HostTools } from "./host-tools.tsx";
import { MainRoom } from "./main-room.tsx";
import { RoomCard } from "./room-card.tsx";

/** From so many rooms on one may look for one. */
const MANY = 8;

/** About how high a room is in the list, and how far from the next. Pixels. */
const ROW_PX = 130;
const GAP_PX = 10;

const NOBODY: readonly Participant[] = [];

/** The rooms with the people in them, and the ways in and out. */
export function RoomsPanel() {
  const formats = useFormats();
  const t = useT();
  const headingId = useId();
  const rooms = useSessionState((state) => selectExpected(state).rooms);
  const participants = useSessionState((state) => selectExpected(state).participants);
  const self = useSessionState(selectSelf);
  const isLive = useSessionState((state) => state.session?.state === "live");
  const returnAllowed = useSessionState((state) => state.session?.returnAllowed ?? false);
  const people = useMemo(
    () => Object.values(participants).sort((a, b) => formats.compare(a.alias, b.alias)),
    [participants, formats],
  );
  const present = useMemo(() => groupBy(people, ({ roomId }) => roomId), [people]);
  const assigned = useMemo(() => groupBy(people, ({ assignedRoomId }) => assignedRoomId), [people]);
  const [wanted, setWanted] = useState("");
  const isSearchable = rooms.length >= MANY;
  const found = useMemo(() => {
    if (!isSearchable || wanted.trim() === "") return rooms;
    return rooms.filter(({ id, name }) => {
      // A host looks for the room that somebody is in as much as for its name.
      const names = present.get(id)?.map(({ alias }) => alias) ?? [];
      return [name, ...names].some((text) => matches(text, wanted));
    });
  }, [rooms, present, wanted, isSearchable]);
  const { list, style, rows } = useVirtualRows(found, idOf, ROW_PX, GAP_PX);
  const isKeeper = isLive && keepsOrder(self);

  return (
    <section className="flagship-pane flagship-rooms" aria-labelledby={headingId}>
      <h2 id={headingId}>{t("rooms.title")}</h2>
      {keepsOrder(self) && <HostTools rooms={rooms} isLive={isLive} />}
      {isKeeper && rooms.length > 0 && <AllRooms rooms={rooms} people={people} />}
      {isSearchable && (
        <FindField
          label={t("rooms.find")}
          value={wanted}
          onChange={setWanted}
          found={t("rooms.found", { found: found.length, count: rooms.length })}
        />
      )}
      <ul className="flagship-room-list">
        <MainRoom
          name={t("place.main")}
          people={present.get(MAIN_ROOM) ?? NOBODY}
          isHere={self?.roomId === MAIN_ROOM}
          canMove={isKeeper}
          mayReturn={isLive && self !== undefined && (isKeeper || returnAllowed)}
        />
      </ul>
      {rooms.length > 0 && (
        <ul ref={list} className="flagship-room-list flagship-virtual" style={style}>
          {rows.map(({ key, item: room, place }) => (
            <RoomCard
              key={key}
              place={place}
              room={room}
              people={present.get(room.id) ?? NOBODY}
              assigned={assigned.get(room.id) ?? NOBODY}
              self={self}
              isLive={isLive}
            />
          ))}
        </ul>
      )}
      {rooms.length === 0 && (
        <p className="flagship-hint">{t(isKeeper ? "rooms.noneYet" : "rooms.none")}</p>
      )}
      {isKeeper && <CreateRoomForm />}
      {isKeeper && (
        <DialogButton name={t("several.name")} className="flagship-create-rooms">
          {(close) => <CreateRoomsDialog onClose={close} />}
        </DialogButton>
      )}
    </section>
  );
}

const idOf = ({ id }: Room) => id;
