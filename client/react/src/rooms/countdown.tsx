import { useCallback, useSyncExternalStore } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useSession } from "../session/context.tsx";
import { onTick } from "../shared/ticker.ts";

/**
 * The time until a moment of the server's clock. It is no live region: a screen reader reads it when asked to, and is
 * told by the announcements when it matters.
 */
export function Countdown({ until }: { until: number }) {
  const formats = useFormats();
  const session = useSession();
  const left = useCallback(
    // Rounded: the server's clock is known to a part of a second.
    () => Math.max(0, Math.round((until - session.serverNow()) / 1_000)),
    [until, session],
  );
  const seconds = useSyncExternalStore(onTick, left);
  return (
    <span className="countdown" role="timer" aria-live="off">
      {formats.clock(seconds)}
    </span>
  );
}
