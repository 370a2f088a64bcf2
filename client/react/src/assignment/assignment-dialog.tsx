import { useT } from "../i18n/messages.ts";
import { Dialog } from "../shared/dialog.tsx";
import { lazily } from "../shared/lazily.tsx";

const Assignment = lazily(async () => (await import("./assignment.tsx")).Assignment);

/** Puts everyone into rooms. */
export function AssignmentDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      title={t("groups.title")}
      description={t("groups.description")}
      isWide
      onClose={onClose}
    >
      <Assignment onClose={onClose} />
    </Dialog>
  );
}
