import type { Room } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { RenameRoomForm } from "./rename-room-form.tsx";
import { endOf, isInUse } from "./states.ts";

const MINUTE_MS = 60_000;

/** What hosts and moderators may do with a room. */
export function RoomSettings({ room }: { room: Room }) {
  const { commands } = useSession();
  const { isBusy, run } = useAction();

  return (
    <details className="settings">
      <summary>
        Manage<span className="visually-hidden"> {room.name}</span>
      </summary>
      <RenameRoomForm room={room} />
      <div className="settings-row">
        {endOf(room) !== null && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void run(() => commands.extendTimer(MINUTE_MS, [room.id]))}
          >
            +1 minute
          </button>
        )}
        {isInUse(room) && (
          <>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => void run(() => commands.updateRoom(room.id, { locked: !room.locked }))}
            >
              {room.locked ? "Unlock" : "Lock"}
            </button>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => void run(() => commands.closeRoom(room.id))}
            >
              Close room
            </button>
          </>
        )}
        {room.state === "open" && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void run(() => commands.closeRooms({ roomIds: [room.id] }))}
          >
            Close after countdown
          </button>
        )}
        {!isInUse(room) && (
          <>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => void run(() => commands.openRooms({ roomIds: [room.id] }))}
            >
              Open room
            </button>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => void run(() => commands.deleteRoom(room.id))}
            >
              Delete room
            </button>
          </>
        )}
      </div>
    </details>
  );
}
