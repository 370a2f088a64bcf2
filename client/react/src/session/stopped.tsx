import type { FlagshipError } from "@flagship/core";
import type { ReactNode } from "react";
import { sentence } from "../shared/sentence.ts";
import { useSession } from "./context.tsx";

interface StoppedProps {
  error: FlagshipError;
  /** What to do about it; absent for a button that tries again. */
  action?: ReactNode;
  children?: ReactNode;
}

/** Why the connection ended for good. Whatever may pass by itself is tried again without this. */
export function Stopped({ error, action, children }: StoppedProps) {
  const session = useSession();
  return (
    <div className="banner error" role="alert">
      <p>{sentence(error.message)}</p>
      {action ?? (
        <button type="button" onClick={() => session.connect()}>
          Try again
        </button>
      )}
      {children}
    </div>
  );
}
