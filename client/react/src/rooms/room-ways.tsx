import type { Participant, Room } from "@flagship/core";
import { KnockButton } from "../admission/knock-button.tsx";
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
  const { commands } = useSession();
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

  if (self?.roomId === room.id) {
    if (!isKeeper && !returnAllowed) return <p className="hint">A host brings you back to Main.</p>;
    return (
      <button
        type="button"
        disabled={isBusy}
        aria-label={`Leave ${room.name}`}
        onClick={() => void run(commands.leaveRoom)}
      >
        Leave
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
      className="primary"
      disabled={isBusy || isFull}
      aria-label={isFull ? `${room.name} is full` : `Join ${room.name}`}
      onClick={() => void run(() => commands.joinRoom(room.id))}
    >
      {isFull ? "Full" : "Join"}
    </button>
  );
}
