import { MAIN_ROOM, type Room } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { keepsOrder } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { MINUTE_MS } from "./minutes-field.tsx";
import { endOf, isInUse, versionsOf } from "./states.ts";
import { useRoomUpdate } from "./use-room-update.ts";

/** Locks, prolongs and closes a room. Facilitators, who are no keepers, lock and prolong it only. */
export function RoomActions({ room, isKeeper }: { room: Room; isKeeper: boolean }) {
  const t = useT();
  const session = useSession();
  const { commands } = session;
  const { isBusy, run } = useAction();
  const update = useRoomUpdate(room);
  const roomIds = [room.id];
  const button = (name: string, action: () => Promise<unknown>) => (
    <button type="button" disabled={isBusy} onClick={() => void run(action)}>
      {name}
    </button>
  );
  const inviteAll = async () => {
    const people = Object.values(session.store.getState().participants);
    const waiting = people.filter((person) => person.roomId === MAIN_ROOM && !keepsOrder(person));
    await commands.inviteParticipants(
      waiting.map(({ id }) => id),
      room.id,
    );
  };
  return (
    <div className="flagship-settings-row">
      {endOf(room) !== null &&
        button(t("roomActions.plusMinutes", { count: 1 }), () =>
          commands.extendTimer(MINUTE_MS, roomIds),
        )}
      {button(t(room.locked ? "roomActions.unlock" : "roomActions.lock"), () =>
        update({ locked: !room.locked }),
      )}
      {isKeeper && isInUse(room) && (
        <>
          {button(t("roomActions.recall"), () =>
            commands.recallRooms({ roomIds, expectedVersions: versionsOf([room]) }),
          )}
          {room.state === "open" && button(t("roomActions.inviteAll"), inviteAll)}
          {button(t("roomActions.close"), () => commands.closeRoom(room.id, room.version))}
        </>
      )}
      {isKeeper &&
        room.state === "open" &&
        button(t("roomActions.closeSoon"), () =>
          commands.closeRooms({ roomIds, expectedVersions: versionsOf([room]) }),
        )}
      {isKeeper &&
        !isInUse(room) &&
        button(t("roomActions.delete"), () => commands.deleteRoom(room.id, room.version))}
    </div>
  );
}
