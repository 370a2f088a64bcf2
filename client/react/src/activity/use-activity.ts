import type { ActivityBody } from "@flagship/core";
import { useEffect, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { errorText } from "../shared/error-text.ts";

/** How often it is looked up. Milliseconds: what is shown is counted over minutes. */
const EVERY_MS = 5_000;

/** How lively the rooms are, looked up for as long as this is on a page that somebody sees. */
export function useActivity(): { activity: ActivityBody | undefined; failure: string | undefined } {
  const t = useT();
  const session = useSession();
  const [activity, setActivity] = useState<ActivityBody>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let isOver = false;
    let isAsking = false;
    const look = async () => {
      if (isAsking || document.hidden) return;
      isAsking = true;
      try {
        const found = await session.requests.activity();
        if (isOver) return;
        setActivity(found);
        setFailure(undefined);
      } catch (error) {
        if (!isOver) setFailure(errorText(t, error));
      } finally {
        isAsking = false;
      }
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [session, t]);

  return { activity, failure };
}
