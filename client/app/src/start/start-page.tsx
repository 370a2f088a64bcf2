import { useSignIn } from "../identity/use-sign-in.ts";
import { Logo } from "../shared/logo.tsx";
import { CreateSessionForm } from "./create-session-form.tsx";
import { JoinSessionForm } from "./join-session-form.tsx";

/** What a visitor to `/` gets. */
export function StartPage() {
  const signIn = useSignIn();
  return (
    <div className="start">
      <header>
        <Logo />
      </header>
      <main>
        <div className="pitch">
          <h1>Split up. Talk. Come back together.</h1>
          <p>
            Flagship gives a live session breakout rooms with chat that survives bad networks,
            reloads and restarts.
          </p>
        </div>
        <div className="cards">
          <CreateSessionForm signIn={signIn} />
          <JoinSessionForm />
        </div>
      </main>
    </div>
  );
}
