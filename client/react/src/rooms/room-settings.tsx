import type { Participant, Room } from "@flagship/core";
import { BroadcastButton } from "../broadcast/broadcast-button.tsx";
import { useT } from "../i18n/messages.ts";
import { Disclosure } from "../shared/disclosure.tsx";
import { keepsOrder } from "../shared/names.ts";
import { unseen } from "../shared/unseen.tsx";
import { CapacityForm } from "./capacity-form.tsx";
import { Facilitators } from "./facilitators.tsx";
import { RenameRoomForm } from "./rename-room-form.tsx";
import { RoomActions } from "./room-actions.tsx";
import { RoomTimerForm } from "./room-timer-form.tsx";
import { SlowModeForm } from "./slow-mode-form.tsx";
import { isInUse } from "./states.ts";
import { useRoomUpdate } from "./use-room-update.ts";

/** What hosts, moderators and a room's facilitators may do with it. */
export function RoomSettings({ room, self }: { room: Room; self: Participant }) {
  const t = useT();
  const isKeeper = keepsOrder(self);
  const update = useRoomUpdate(room);
  return (
    <Disclosure name={t.rich("rooms.manageWhich", { name: room.name, more: unseen })}>
      <RenameRoomForm room={room} />
      {isKeeper && room.state !== "closing" && <RoomTimerForm room={room} />}
      <CapacityForm room={room} />
      <SlowModeForm
        slowModeMs={room.slowModeMs}
        onChange={(slowModeMs) => update({ slowModeMs })}
      />
      <RoomActions room={room} isKeeper={isKeeper} />
      {isInUse(room) && (
        <BroadcastButton roomIds={[room.id]} name={t("roomActions.message", { room: room.name })} />
      )}
      {isKeeper && <Facilitators room={room} />}
    </Disclosure>
  );
}
