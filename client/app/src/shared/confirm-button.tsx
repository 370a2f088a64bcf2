import type { ReactNode } from "react";
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
  onConfirm: () => Promise<unknown>;
}

/** A button for what is not done by accident: it asks first. */
export function ConfirmButton({
  name,
  title,
  description,
  confirmName,
  onConfirm,
}: ConfirmButtonProps) {
  const { isBusy, run } = useAction();
  return (
    <DialogButton name={name} className="danger">
      {(close) => (
        <Dialog title={title} description={description} closeName="Cancel" onClose={close}>
          <div className="dialog-actions">
            <button
              type="button"
              className="danger"
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
