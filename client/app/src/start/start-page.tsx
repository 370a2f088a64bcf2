import { useAppT } from "../i18n/messages.ts";
import { useSignIn } from "../identity/use-sign-in.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { Logo } from "../shared/logo.tsx";
import { CreateSessionForm } from "./create-session-form.tsx";
import { JoinSessionForm } from "./join-session-form.tsx";

/** What a visitor to `/` gets. */
export function StartPage() {
  const t = useAppT();
  const signIn = useSignIn();
  return (
    <div className="flagship-start">
      <header>
        <Logo />
      </header>
      <main>
        <div className="flagship-pitch">
          <h1>{t("start.pitch")}</h1>
          <p>{t("start.about")}</p>
        </div>
        <div className="flagship-cards">
          <CreateSessionForm signIn={signIn} />
          <JoinSessionForm />
        </div>
      </main>
      <footer>
        <SettingsButton />
      </footer>
    </div>
  );
}
