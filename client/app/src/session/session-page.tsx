import type { FlagshipError } from "@flagship/core";
import { SessionWorkspace, Stopped, useHelpQueue, useSessionState } from "@flagship/react/parts";
import { useEffect } from "react";
import { useAppT } from "../i18n/messages.ts";
import { SessionHeader } from "./session-header.tsx";

/** One session: its rooms, the talk and the people. */
export function SessionPage({ onSignOut }: { onSignOut: () => void }) {
  const t = useAppT();
  const title = useSessionState((state) => state.session?.title);
  const isAlerted = useHelpQueue().some(({ kind }) => kind === "alert");
  useEffect(() => {
    const name = title ? t("session.pageTitle", { title }) : "Flagship";
    // Seen even while another tab is in front.
    document.title = isAlerted ? t("session.alertTitle", { title: name }) : name;
  }, [title, isAlerted, t]);

  return (
    <div className="session">
      <SessionHeader />
      <main className="workspace">
        <SessionWorkspace
          stopped={(error) => <StoppedPage error={error} onSignOut={onSignOut} />}
        />
      </main>
    </div>
  );
}

/** Why the connection ended for good, and what can be done on this page. */
function StoppedPage({ error, onSignOut }: { error: FlagshipError; onSignOut: () => void }) {
  const t = useAppT();
  const isAboutToken = error.code === "unauthorized" || error.code === "token";
  const signIn = (
    <button type="button" onClick={onSignOut}>
      {t("session.signIn")}
    </button>
  );
  return (
    <Stopped error={error} action={isAboutToken ? signIn : undefined}>
      <a href="/">{t("session.toStart")}</a>
    </Stopped>
  );
}
