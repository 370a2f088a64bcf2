import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { ConnectionBadge } from "../session/connection-badge.tsx";
import { useSessionState } from "../session/context.tsx";

/** Changes shown, newest first. */
const SHOWN = 12;

/** How the connection is, and how it has been. */
export function ConnectionHistory() {
  const t = useT();
  const formats = useFormats();
  const log = useSessionState((state) => state.connectionLog);
  const { losses, resumes, snapshots, toFallback } = useSessionState((state) => state.statistics);
  const latest = log.slice(-SHOWN).reverse();
  return (
    <>
      <ConnectionBadge />
      <p className="flagship-hint">
        {t("status.history", { losses, resumes, snapshots, fallbacks: toFallback })}
      </p>
      <ol className="flagship-status-history">
        {latest.map(({ at, phase }) => (
          <li key={`${at} ${phase}`}>
            <time dateTime={new Date(at).toISOString()}>{formats.exactTime(at)}</time>
            <span>{t(`status.phase.${phase}`)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
