import { type Participant, type Room, selectExpectedRoom } from "@flagship/core";
import { KnockButton } from "../admission/knock-button.tsx";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { keepsOrder, keepsOrderIn } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

interface RoomWaysProps {
  room: Room;
  self: Participant | undefined;
  isFull: boolean;
}

/** The way into a room and out of it, as far as one has the choice. */
export function RoomWays({ room, self, isFull }: RoomWaysProps) {
  const t = useT();
  const { commands, store } = useSession();
  const { isBusy, run } = useAction();
  const selfSelect = useSessionState((state) => state.session?.selfSelect);
  const returnAllowed = useSessionState((state) => state.session?.returnAllowed);
  const lateJoiners = useSessionState((state) => state.session?.lateJoiners);
  const isKeeper = keepsOrder(self);
  const mayChoose = selfSelect || (lateJoiners === "choose" && self?.assignedRoomId === null);
  const isOpenToMe =
    keepsOrderIn(self, room) ||
    self?.invitation?.roomId === room.id ||
    (!room.locked && (mayChoose || self?.assignedRoomId === room.id));

  // Who was taken elsewhere meanwhile is told so, and not taken away from there unseen.
  const join = () => commands.joinRoom(room.id, selectExpectedRoom(store.getState()));

  if (self?.roomId === room.id) {
    if (!isKeeper && !returnAllowed)
      return <p className="flagship-hint">{t("room.broughtBack")}</p>;
    return (
      <button
        type="button"
        disabled={isBusy}
        aria-label={t("room.leaveWhich", { room: room.name })}
        onClick={() => void run(() => commands.leaveRoom(room.id))}
      >
        {t("room.leave")}
      </button>
    );
  }
  if (room.state !== "open") return null;
  if (!isOpenToMe) {
    return <KnockButton room={room} isKnocking={self?.knockingRoomId === room.id} />;
  }
  return (
    <button
      type="button"
      className="flagship-primary"
      disabled={isBusy || isFull}
      aria-label={t(isFull ? "room.isFull" : "room.joinWhich", { room: room.name })}
      onClick={() => void run(join)}
    >
      {t(isFull ? "room.full" : "room.join")}
    </button>
  );
}
