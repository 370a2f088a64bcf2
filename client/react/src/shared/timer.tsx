import { useSyncExternalStore } from "react";
import { useFormats } from "../i18n/formats.ts";
import { onTick } from "./ticker.ts";

/**
 * A time that runs, in whole seconds. It is no live region: a screen reader reads it when asked to, and is told by the
 * announcements when it matters.
 */
export function Timer({ seconds }: { seconds: () => number }) {
  const formats = useFormats();
  const shown = useSyncExternalStore(onTick, seconds);
  return (
    <span className="flagship-countdown" role="timer" aria-live="off">
      {formats.clock(shown)}
    </span>
  );
}
