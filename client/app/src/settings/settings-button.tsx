import { DialogButton } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";
import { SettingsDialog } from "./settings-dialog.tsx";

/** Opens the settings. */
export function SettingsButton() {
  const t = useAppT();
  return (
    <DialogButton name={t("settings.name")}>
      {(close) => <SettingsDialog onClose={close} />}
    </DialogButton>
  );
}
