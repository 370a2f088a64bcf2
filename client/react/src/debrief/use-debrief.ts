import type { Debrief } from "@flagship/core";
import { useEffect, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { errorText } from "../shared/error-text.ts";

/** The debrief, asked for once. */
export function useDebrief(): { debrief: Debrief | undefined; failure: string | undefined } {
  const t = useT();
  const session = useSession();
  const [debrief, setDebrief] = useState<Debrief>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let isOver = false;
    session.requests.debrief().then(
      (found) => !isOver && setDebrief(found),
      (error: Error) => !isOver && setFailure(errorText(t, error)),
    );
    return () => {
      isOver = true;
    };
  }, [session, t]);

  return { debrief, failure };
}
