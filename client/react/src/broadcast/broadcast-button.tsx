import { DialogButton } from "../shared/dialog-button.tsx";
import { BroadcastDialog } from "./broadcast-dialog.tsx";

interface BroadcastButtonProps {
  name: string;
  /** The rooms that are chosen to begin with; absent for everyone. */
  roomIds?: readonly string[];
}

/** Opens what one says to many at once. */
export function BroadcastButton({ name, roomIds }: BroadcastButtonProps) {
  return (
    <DialogButton name={name}>
      {(close) => <BroadcastDialog roomIds={roomIds} onClose={close} />}
    </DialogButton>
  );
}
