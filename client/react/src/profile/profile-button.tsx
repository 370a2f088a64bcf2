import type { Participant } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { DialogButton } from "../shared/dialog-button.tsx";
import { ProfileDialog } from "./profile-dialog.tsx";

/** Opens what one says about oneself. */
export function ProfileButton({ self }: { self: Participant }) {
  const t = useT();
  return (
    <DialogButton name={t("profile.name")}>
      {(close) => <ProfileDialog self={self} onClose={close} />}
    </DialogButton>
  );
}
