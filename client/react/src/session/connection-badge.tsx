import type { ConnectionStatus } from "@flagship/core";
import { useSessionState } from "./context.tsx";

const WORDS: Record<ConnectionStatus["phase"], string> = {
  idle: "Not connected",
  connecting: "Connecting…",
  open: "Connected",
  fallback: "Connected",
  backoff: "Connection lost, trying again…",
  stopped: "Not connected",
};

/** How the connection is, always in sight. Not a live region: changes are announced once, with the notices. */
export function ConnectionBadge() {
  const phase = useSessionState((state) => state.connection.phase);
  return (
    <p className="connection" data-phase={phase}>
      <span className="dot" aria-hidden="true" />
      {WORDS[phase]}
    </p>
  );
}
