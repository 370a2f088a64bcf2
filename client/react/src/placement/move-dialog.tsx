import { isAskedFor, MAIN_ROOM, type Participant } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { roomName } from "../shared/names.ts";
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
    <Dialog
      title={t("placement.which", { name: person.alias })}
      description={t("placement.about", {
        name: person.alias,
        room: roomName(t, rooms, person.roomId),
      })}
      onClose={onClose}
    >
      <ul className="flagship-room-choices">
        {choices.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => {
                void place(person.id, id);
                onClose();
              }}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
