import { useT } from "../i18n/messages.ts";
import { ConnectionBadge } from "../session/connection-badge.tsx";
import { useSessionState } from "../session/context.tsx";

/** The session's title, and how the connection is. */
export function ManagerHead() {
  const t = useT();
  const title = useSessionState((state) => state.session?.title);
  return (
    <header className="flagship-session-header">
      <h2>{title ?? t("workspace.untitled")}</h2>
      <ConnectionBadge />
    </header>
  );
}
