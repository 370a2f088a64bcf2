import type { FlagshipError } from "@flagship/core";
import {
  SessionWorkspace,
  Stopped,
  useHelpQueue,
  useSession,
  useSessionState,
} from "@flagship/react/parts";
import { useEffect } from "react";
import { useAppT } from "../i18n/messages.ts";
import { useMemory } from "../offline/use-memory.ts";
import { DeadEnd } from "./dead-end.tsx";
import { SessionHeader } from "./session-header.tsx";

/** One session: its rooms, the talk and the people. */
export function SessionPage({ onSignOut }: { onSignOut: () => void }) {
  const t = useAppT();
  const session = useSession();
  useMemory(session);
  const title = useSessionState((state) => state.session?.title);
  const isKnown = useSessionState((state) => state.session !== null);
  const error = useSessionState(({ connection }) =>
    connection.phase === "stopped" ? connection.error : undefined,
  );
  const isAlerted = useHelpQueue().some(({ kind }) => kind === "alert");
  useEffect(() => {
    const name = title ? t("session.pageTitle", { title }) : "Flagship";
    // Seen even while another tab is in front.
    document.title = isAlerted ? t("session.alertTitle", { title: name }) : name;
  }, [title, isAlerted, t]);

  const signIn = (
    <button type="button" onClick={onSignOut}>
      {t("session.signIn")}
    </button>
  );
  return (
    <div className="flagship-session">
      <SessionHeader />
      <main className="flagship-workspace">
        {error && (!isKnown || isOut(error)) ? (
          <div className="flagship-waiting">
            <DeadEnd error={error} onSignOut={onSignOut} />
          </div>
        ) : (
          <SessionWorkspace
            afterEnd={
              <a className="flagship-button" href="/">
                {t("session.startNew")}
              </a>
            }
            stopped={(why) => (
              <Stopped error={why} action={isAboutToken(why) ? signIn : undefined}>
                <a href="/">{t("session.toStart")}</a>
              </Stopped>
            )}
          />
        )}
      </main>
    </div>
  );
}

/** Whether one is not in the session any more: what is still known of it is nobody's to look at. */
const isOut = ({ code }: FlagshipError) => ["left", "removed", "banned"].includes(code);

const isAboutToken = ({ code }: FlagshipError) => code === "unauthorized" || code === "token";
