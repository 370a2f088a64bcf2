import type { Participant, Room } from "@flagship/core";
import { MessageList } from "../chat/message-list.tsx";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { keepsOrder } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

interface RoomHistoryButtonProps {
  room: Room;
  self: Participant | undefined;
}

/** Opens what was said in a room that one is not in: for moderators, and for its members after it has closed. */
export function RoomHistoryButton({ room, self }: RoomHistoryButtonProps) {
  const session = useSession();
  const { run } = useAction();
  const selfSelect = useSessionState((state) => state.session?.selfSelect);
  // Whoever could choose may have been anywhere: the service knows, and says so.
  const mayHaveBeen = selfSelect || self?.assignedRoomId === room.id;
  const isMember = room.state === "closed" && mayHaveBeen;
  if (room.state === "preparing" || self?.roomId === room.id) return null;
  if (!keepsOrder(self) && !isMember) return null;
  return (
    <DialogButton
      name={
        <>
          Read<span className="visually-hidden"> what was said in {room.name}</span>
        </>
      }
      onOpen={() => void run(() => session.loadNewest(room.id))}
    >
      {(close) => (
        <Dialog
          title={`Said in ${room.name}`}
          description="As it was when you opened this. Nobody is told that you read it."
          isWide
          onClose={close}
        >
          <MessageList roomId={room.id} roomName={room.name} />
        </Dialog>
      )}
    </DialogButton>
  );
}
