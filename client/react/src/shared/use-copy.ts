import { useT } from "../i18n/messages.ts";
import { useNotify } from "./notices.tsx";

/** Copies a text to the clipboard and confirms it. */
export function useCopy(): (text: string) => void {
  const t = useT();
  const notify = useNotify();
  return (text) =>
    void navigator.clipboard.writeText(text).then(
      () => notify("info", t("chat.copied")),
      (error: unknown) => notify("error", String(error)),
    );
}
