import type { Room } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { endOf, isInUse } from "./states.ts";
import { useRoomUpdate } from "./use-room-update.ts";

const MINUTE_MS = 60_000;

/** Opens, locks, prolongs and closes a room. Facilitators, who are no keepers, lock and prolong it only. */
export function RoomActions({ room, isKeeper }: { room: Room; isKeeper: boolean }) {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const update = useRoomUpdate(room);
  const roomIds = [room.id];
  const button = (name: string, action: () => Promise<unknown>) => (
    <button type="button" disabled={isBusy} onClick={() => void run(action)}>
      {name}
    </button>
  );
  return (
    <div className="settings-row">
      {endOf(room) !== null && button("+1 minute", () => commands.extendTimer(MINUTE_MS, roomIds))}
      {button(room.locked ? "Unlock" : "Lock", () => update({ locked: !room.locked }))}
      {isKeeper && isInUse(room) && (
        <>
          {button("Recall everyone", () => commands.recallRooms({ roomIds }))}
          {button("Close room", () => commands.closeRoom(room.id))}
        </>
      )}
      {isKeeper &&
        room.state === "open" &&
        button("Close after countdown", () => commands.closeRooms({ roomIds }))}
      {isKeeper && !isInUse(room) && (
        <>
          {button("Open room", () => commands.openRooms({ roomIds }))}
          {button("Delete room", () => commands.deleteRoom(room.id))}
        </>
      )}
    </div>
  );
}
