import type { FlagshipError } from "@flagship/core";
import type { ReactNode } from "react";
import { useT } from "../i18n/messages.ts";
import { errorText } from "../shared/error-text.ts";
import { useSession } from "./context.tsx";

interface StoppedProps {
  error: FlagshipError;
  /** What to do about it; absent for a button that tries again. */
  action?: ReactNode;
  children?: ReactNode;
}

/** Why the connection ended for good. Whatever may pass by itself is tried again without this. */
export function Stopped({ error, action, children }: StoppedProps) {
  const t = useT();
  const session = useSession();
  return (
    <div className="flagship-banner flagship-error" role="alert">
      <p>{errorText(t, error)}</p>
      {action ?? (
        <button type="button" onClick={() => session.connect()}>
          {t("stopped.again")}
        </button>
      )}
      {children}
    </div>
  );
}
