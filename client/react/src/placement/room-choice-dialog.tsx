import type { RoomId } from "@flagship/core";
import { Dialog } from "../shared/dialog.tsx";

interface RoomChoiceDialogProps<Id extends RoomId | null> {
  title: string;
  description: string;
  rooms: readonly { id: Id; name: string }[];
  /** One was chosen; the dialog closes by that. */
  onChoose: (id: Id) => void;
  onClose: () => void;
}

/** Asks for one of some rooms. */
export function RoomChoiceDialog<Id extends RoomId | null>({
  title,
  description,
  rooms,
  onChoose,
  onClose,
}: RoomChoiceDialogProps<Id>) {
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <ul className="flagship-room-choices">
        {rooms.map(({ id, name }) => (
          <li key={id ?? "none"}>
            <button
              type="button"
              onClick={() => {
                onChoose(id);
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
