import { ConnectionBadge } from "../session/connection-badge.tsx";
import { useSessionState } from "../session/context.tsx";

/** The session's title, and how the connection is. */
export function ManagerHead() {
  const title = useSessionState((state) => state.session?.title);
  return (
    <header className="session-header">
      <h2>{title ?? "Session"}</h2>
      <ConnectionBadge />
    </header>
  );
}
