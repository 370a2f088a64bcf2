import { DialogButton } from "@flagship/react/parts";
import { Settings } from "lucide-react";
import { useAppT } from "../i18n/messages.ts";
import { Labelled } from "../shared/labelled.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";

/** Opens the settings. */
export function SettingsButton() {
  const t = useAppT();
  return (
    <DialogButton name={<Labelled icon={Settings}>{t("settings.name")}</Labelled>}>
      {(close) => <SettingsDialog onClose={close} />}
    </DialogButton>
  );
}
