import { useCallback, useSyncExternalStore } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useSession } from "../session/context.tsx";
import { onTick } from "./ticker.ts";

/** The time since a moment of the server's clock. No live region, like the countdown. */
export function Elapsed({ since }: { since: number }) {
  const formats = useFormats();
  const session = useSession();
  const passed = useCallback(
    () => Math.max(0, Math.floor((session.serverNow() - since) / 1_000)),
    [since, session],
  );
  const seconds = useSyncExternalStore(onTick, passed);
  return (
    <span className="countdown" role="timer" aria-live="off">
      {formats.clock(seconds)}
    </span>
  );
}
