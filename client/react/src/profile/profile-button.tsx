import type { Participant } from "@flagship/core";
import { DialogButton } from "../shared/dialog-button.tsx";
import { ProfileDialog } from "./profile-dialog.tsx";

/** Opens what one says about oneself. */
export function ProfileButton({ self }: { self: Participant }) {
  return (
    <DialogButton name="About you">
      {(close) => <ProfileDialog self={self} onClose={close} />}
    </DialogButton>
  );
}
