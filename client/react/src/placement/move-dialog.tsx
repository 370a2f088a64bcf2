import { isAskedFor, MAIN_ROOM, type Participant } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { roomName } from "../shared/names.ts";
import { RoomChoiceDialog } from "./room-choice-dialog.tsx";
import { usePlacement } from "./use-placement.ts";

interface MoveDialogProps {
  person: Participant;
  onClose: () => void;
}

/** Asks which room somebody is to have: what dragging does, for those who do not drag. */
export function MoveDialog({ person, onClose }: MoveDialogProps) {
  const t = useT();
  const rooms = useSessionState((state) => state.rooms);
  const place = usePlacement();
  const choices = [
    { id: MAIN_ROOM, name: t("place.main") },
    ...rooms.filter((room) => !isAskedFor(room)),
  ].filter(({ id }) => id !== (person.assignedRoomId ?? person.roomId));
  return (
    <RoomChoiceDialog
      title={t("placement.which", { name: person.alias })}
      description={t("placement.about", {
        name: person.alias,
        room: roomName(t, rooms, person.roomId),
      })}
      rooms={choices}
      onChoose={(id) => void place(person.id, id)}
      onClose={onClose}
    />
  );
}
