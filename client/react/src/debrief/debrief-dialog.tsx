import { useT } from "../i18n/messages.ts";
import { Dialog } from "../shared/dialog.tsx";
import { lazily } from "../shared/lazily.tsx";

const Debrief = lazily(async () => (await import("./debrief.tsx")).Debrief);

/** What happened in the session so far. */
export function DebriefDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      title={t("debrief.title")}
      description={t("debrief.description")}
      isWide
      onClose={onClose}
    >
      <Debrief />
    </Dialog>
  );
}
