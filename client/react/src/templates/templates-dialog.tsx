import { useT } from "../i18n/messages.ts";
import { Dialog } from "../shared/dialog.tsx";
import { lazily } from "../shared/lazily.tsx";

const Templates = lazily(async () => (await import("./templates.tsx")).Templates);

/** Sets of rooms that one keeps for other sessions. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t("templates.title")} description={t("templates.description")} onClose={onClose}>
      <Templates onClose={onClose} />
    </Dialog>
  );
}
