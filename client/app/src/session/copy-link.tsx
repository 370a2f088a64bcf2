import { useNotify, useSession } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";
import { sessionPath } from "../shared/router.ts";

/** Copies the link that brings others into this session. */
export function CopyLink() {
  const t = useAppT();
  const { id } = useSession();
  const notify = useNotify();
  const link = location.origin + sessionPath(id);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      notify("info", t("share.copied"));
    } catch {
      notify("error", t("share.cannotCopy", { link }));
    }
  };

  return (
    <button type="button" onClick={() => void copy()}>
      {t("share.copy")}
    </button>
  );
}
