import { useCallback, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { errorText } from "./error-text.ts";
import { useNotify } from "./notices.tsx";

/** Runs something that may fail: says so in the error's own words, and knows whether it is still at it. */
export function useAction(): {
  isBusy: boolean;
  run: (action: () => Promise<unknown>) => Promise<boolean>;
} {
  const notify = useNotify();
  const t = useT();
  const [running, setRunning] = useState(0);

  const run = useCallback(
    async (action: () => Promise<unknown>) => {
      setRunning((count) => count + 1);
      try {
        await action();
        return true;
      } catch (error) {
        notify("error", errorText(t, error));
        return false;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [notify, t],
  );

  return { isBusy: running > 0, run };
}
