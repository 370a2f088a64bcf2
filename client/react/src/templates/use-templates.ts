import type { Template } from "@flagship/core";
import { useCallback, useEffect, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { errorText } from "../shared/error-text.ts";

/** One's own templates, asked for once and again by `reload`. */
export function useTemplates() {
  const t = useT();
  const { requests } = useSession();
  const [templates, setTemplates] = useState<readonly Template[]>();
  const [failure, setFailure] = useState<string>();
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says that they are to be asked for again
  useEffect(() => {
    let isOver = false;
    requests.templates().then(
      (found) => !isOver && setTemplates(found),
      (error: Error) => !isOver && setFailure(errorText(t, error)),
    );
    return () => {
      isOver = true;
    };
  }, [requests, asked, t]);

  return { templates, failure, reload: useCallback(() => setAsked((count) => count + 1), []) };
}
