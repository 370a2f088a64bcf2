import { useAction } from "@flagship/react/parts";
import type { FormEvent } from "react";
import { useAppT } from "../i18n/messages.ts";
import { SignInFields } from "../identity/sign-in-fields.tsx";
import type { SignIn } from "../identity/use-sign-in.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { Logo } from "../shared/logo.tsx";

/** The first sight of a session: who one wants to be in it. */
export function EntryForm({ signIn }: { signIn: SignIn }) {
  const t = useAppT();
  const { isBusy, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(signIn.signIn);
  };
  return (
    <div className="flagship-start flagship-entry">
      <header>
        <Logo />
      </header>
      <main>
        <form className="flagship-card" onSubmit={submit}>
          <h1>{t("enter.title")}</h1>
          <p className="flagship-hint">{t("enter.about")}</p>
          <SignInFields signIn={signIn} />
          <button type="submit" className="flagship-primary" disabled={isBusy}>
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
