import { FlagshipProvider, useFlagshipClient } from "@flagship/react";
import { SessionProvider, useAction } from "@flagship/react/parts";
import { type FormEvent, useMemo } from "react";
import { useAppT } from "../i18n/messages.ts";
import { tokenOf } from "../identity/client.ts";
import { SignInFields } from "../identity/sign-in-fields.tsx";
import { useSignIn } from "../identity/use-sign-in.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { Logo } from "../shared/logo.tsx";
import { SessionPage } from "./session-page.tsx";

/** A session's page, once it is known who wants to see it. */
export function SessionGate({ sessionId }: { sessionId: string }) {
  const t = useAppT();
  const signIn = useSignIn();
  const { isBusy, run } = useAction();
  const { identity } = signIn;
  const getToken = useMemo(() => identity && tokenOf(identity), [identity]);

  if (getToken) {
    return (
      <FlagshipProvider key={identity?.token} url={location.origin} getToken={getToken}>
        <Connected sessionId={sessionId} onSignOut={signIn.signOut} />
      </FlagshipProvider>
    );
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(signIn.signIn);
  };
  return (
    <div className="start">
      <header>
        <Logo />
      </header>
      <main>
        <form className="card" onSubmit={submit}>
          <h1>{t("enter.title")}</h1>
          <SignInFields signIn={signIn} />
          <button type="submit" className="primary" disabled={isBusy}>
            {t(isBusy ? "enter.entering" : "enter.enter")}
          </button>
        </form>
      </main>
      <footer>
        <SettingsButton />
      </footer>
    </div>
  );
}

function Connected({ sessionId, onSignOut }: { sessionId: string; onSignOut: () => void }) {
  const session = useFlagshipClient().session(sessionId);
  return (
    <SessionProvider session={session}>
      <SessionPage onSignOut={onSignOut} />
    </SessionProvider>
  );
}
