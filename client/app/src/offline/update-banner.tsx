import { useAppT } from "../i18n/messages.ts";
import { update, useIsUpdateReady } from "./updates.ts";

/** Says that there is a new version. When it takes over is the person's choice: they may be in the middle of something. */
export function UpdateBanner() {
  const t = useAppT();
  if (!useIsUpdateReady()) return null;
  return (
    <aside className="flagship-banner flagship-update" role="status">
      <p>{t("update.ready")}</p>
      <button type="button" className="flagship-primary" onClick={update}>
        {t("update.reload")}
      </button>
    </aside>
  );
}
