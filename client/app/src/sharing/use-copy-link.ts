import { useNotify } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";

/** Copies a link, and says whether that worked. */
export function useCopyLink(link: string): () => void {
  const t = useAppT();
  const notify = useNotify();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      notify("info", t("share.copied"));
    } catch {
      notify("error", t("share.cannotCopy", { link }));
    }
  };
  return () => void copy();
}
