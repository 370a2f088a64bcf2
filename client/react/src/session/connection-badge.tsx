import { useT } from "../i18n/messages.ts";
import { useSessionState } from "./context.tsx";

/** How the connection is, always in sight. Not a live region: changes are announced once, with the notices. */
export function ConnectionBadge() {
  const t = useT();
  const phase = useSessionState((state) => state.connection.phase);
  return (
    <p className="flagship-connection" data-phase={phase}>
      <span className="flagship-dot" aria-hidden="true" />
      {t(`connection.${phase}`)}
    </p>
  );
}
