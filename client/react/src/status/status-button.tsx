import type { ReactNode } from "react";
import { useT } from "../i18n/messages.ts";
import { Dialog } from "../shared/dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { LazyStatusPanel } from "./lazy-status-panel.ts";

/** A button and the status behind it. */
export function StatusButton({ name }: { name?: ReactNode }) {
  const t = useT();
  return (
    <DialogButton name={name ?? t("status.button")}>
      {(close) => (
        <Dialog
          title={t("status.title")}
          description={t("status.description")}
          isWide
          onClose={close}
        >
          <LazyStatusPanel />
        </Dialog>
      )}
    </DialogButton>
  );
}
