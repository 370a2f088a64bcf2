import type { Debrief } from "@flagship/core";
import { useEffect, useState } from "react";
import { useSession } from "../session/context.tsx";
import { sentence } from "../shared/sentence.ts";

/** The debrief, asked for once. */
export function useDebrief(): { debrief: Debrief | undefined; failure: string | undefined } {
  const session = useSession();
  const [debrief, setDebrief] = useState<Debrief>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let isOver = false;
    session.requests.debrief().then(
      (found) => !isOver && setDebrief(found),
      (error: Error) => !isOver && setFailure(sentence(error.message)),
    );
    return () => {
      isOver = true;
    };
  }, [session]);

  return { debrief, failure };
}
