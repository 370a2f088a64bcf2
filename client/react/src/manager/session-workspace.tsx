import type { FlagshipError } from "@flagship/core";
import { type ReactNode, useEffect } from "react";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { LazyWorkspace } from "./lazy-workspace.ts";

interface SessionWorkspaceProps {
  /** What to show once the connection has ended for good. */
  stopped: (error: FlagshipError) => ReactNode;
  /** Where one may go once the session has ended. */
  afterEnd?: ReactNode;
  /** What else is to be seen above the panes. */
  children?: ReactNode;
}

/** One session: its rooms, the talk and the people. */
export function SessionWorkspace({ stopped, afterEnd, children }: SessionWorkspaceProps) {
  const t = useT();
  const isKnown = useSessionState((state) => state.session !== null);
  const connection = useSessionState((state) => state.connection);
  const why = connection.phase === "stopped" && stopped(connection.error);
  // Beside the connection, and not after it.
  useEffect(() => void LazyWorkspace.fetch(), []);

  if (!isKnown) {
    return <div className="flagship-waiting">{why || <p>{t("workspace.connecting")}</p>}</div>;
  }
  // The same words: nothing changes on the page until all of it is there.
  const meanwhile = (
    <div className="flagship-waiting" data-coming="true">
      <p>{t("workspace.connecting")}</p>
    </div>
  );
  return (
    <>
      {why}
      <LazyWorkspace meanwhile={meanwhile} afterEnd={afterEnd}>
        {children}
      </LazyWorkspace>
    </>
  );
}
