import { useT } from "../i18n/messages.ts";
import { Dialog } from "../shared/dialog.tsx";
import { lazily } from "../shared/lazily.tsx";

const Lists = lazily(async () => (await import("./lists.tsx")).Lists);

/** Who goes where, from a spreadsheet and for one. */
export function ListsDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t("lists.title")} description={t("lists.description")} isWide onClose={onClose}>
      <Lists onClose={onClose} />
    </Dialog>
  );
}
