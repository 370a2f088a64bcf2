import type { Template } from "@flagship/core";
import { useCallback, useEffect, useState } from "react";
import { useSession } from "../session/context.tsx";
import { sentence } from "../shared/sentence.ts";

/** One's own templates, asked for once and again by `reload`. */
export function useTemplates() {
  const { requests } = useSession();
  const [templates, setTemplates] = useState<readonly Template[]>();
  const [failure, setFailure] = useState<string>();
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says that they are to be asked for again
  useEffect(() => {
    let isOver = false;
    requests.templates().then(
      (found) => !isOver && setTemplates(found),
      (error: Error) => !isOver && setFailure(sentence(error.message)),
    );
    return () => {
      isOver = true;
    };
  }, [requests, asked]);

  return { templates, failure, reload: useCallback(() => setAsked((count) => count + 1), []) };
}
