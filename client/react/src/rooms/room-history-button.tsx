import type { Participant, Room } from "@flagship/core";
import { MessageList } from "../chat/message-list.tsx";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { keepsOrder } from "../shared/names.ts";
import { unseen } from "../shared/unseen.tsx";
import { useAction } from "../shared/use-action.ts";

interface RoomHistoryButtonProps {
  room: Room;
  self: Participant | undefined;
}

/** Opens what was said in a room that one is not in: for moderators, and for its members after it has closed. */
export function RoomHistoryButton({ room, self }: RoomHistoryButtonProps) {
  const t = useT();
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
      name={t.rich("room.read", { room: room.name, more: unseen })}
      onOpen={() => void run(() => session.loadNewest(room.id))}
    >
      {(close) => (
        <Dialog
          title={t("room.said", { room: room.name })}
          description={t("room.saidAbout")}
          isWide
          onClose={close}
        >
          <MessageList roomId={room.id} roomName={room.name} />
        </Dialog>
      )}
    </DialogButton>
  );
}
