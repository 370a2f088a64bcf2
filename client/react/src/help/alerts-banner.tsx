import { useT } from "../i18n/messages.ts";
import { HelpItem } from "./help-item.tsx";
import { useHelpQueue } from "./use-help.ts";

/** Private alerts, for moderators: across the page, whatever they are looking at, until somebody says that it is done. */
export function AlertsBanner() {
  const t = useT();
  const alerts = useHelpQueue().filter(({ kind }) => kind === "alert");
  if (alerts.length === 0) return null;
  return (
    <section className="flagship-banner flagship-alerts" aria-label={t("alerts.label")}>
      <ul>
        {alerts.map((request) => (
          <HelpItem key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}
