import type { ReactNode } from "react";
import { useT } from "../i18n/messages.ts";
import { Dialog } from "./dialog.tsx";
import { DialogButton } from "./dialog-button.tsx";
import { useAction } from "./use-action.ts";

interface ConfirmButtonProps {
  name: ReactNode;
  /** The question that the dialog asks. */
  title: string;
  /** What will happen. */
  description: string;
  /** What the button says that does it. */
  confirmName: string;
  /** Whether it is done against somebody, or for good. */
  isGrave?: boolean;
  onConfirm: () => Promise<unknown>;
}

/** A button for what is not done by accident: it asks first. */
export function ConfirmButton({
  name,
  title,
  description,
  confirmName,
  isGrave = false,
  onConfirm,
}: ConfirmButtonProps) {
  const t = useT();
  const { isBusy, run } = useAction();
  return (
    <DialogButton name={name} className={isGrave ? "flagship-danger" : undefined}>
      {(close) => (
        <Dialog
          title={title}
          description={description}
          closeName={t("action.cancel")}
          onClose={close}
        >
          <div className="flagship-dialog-actions">
            <button
              type="button"
              className={isGrave ? "flagship-danger" : "flagship-primary"}
              disabled={isBusy}
              onClick={async () => {
                if (await run(onConfirm)) close();
              }}
            >
              {confirmName}
            </button>
          </div>
        </Dialog>
      )}
    </DialogButton>
  );
}
