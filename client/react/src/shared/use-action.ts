import { useCallback, useState } from "react";
import { useNotify } from "./notices.tsx";
import { sentence } from "./sentence.ts";

/** Runs something that may fail: says so in the error's own words, and knows whether it is still at it. */
export function useAction(): {
  isBusy: boolean;
  run: (action: () => Promise<unknown>) => Promise<boolean>;
} {
  const notify = useNotify();
  const [running, setRunning] = useState(0);

  const run = useCallback(
    async (action: () => Promise<unknown>) => {
      setRunning((count) => count + 1);
      try {
        await action();
        return true;
      } catch (error) {
        notify("error", sentence(error instanceof Error ? error.message : String(error)));
        return false;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [notify],
  );

  return { isBusy: running > 0, run };
}
