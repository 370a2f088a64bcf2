import { FlagshipProvider, useFlagshipClient } from "@flagship/react";
import { SessionProvider } from "@flagship/react/parts";
import { useMemo } from "react";
import { tokenOf } from "../identity/client.ts";
import { useSignIn } from "../identity/use-sign-in.ts";
import { EntryForm } from "./entry-form.tsx";
import { SessionPage } from "./session-page.tsx";

/** A session's page, once it is known who wants to see it. */
export function SessionGate({ sessionId }: { sessionId: string }) {
  const signIn = useSignIn();
  const { identity } = signIn;
  const getToken = useMemo(() => identity && tokenOf(identity), [identity]);
  if (!getToken) return <EntryForm signIn={signIn} />;
  return (
    <FlagshipProvider key={identity?.token} url={location.origin} getToken={getToken}>
      <Connected sessionId={sessionId} onSignOut={signIn.signOut} />
    </FlagshipProvider>
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
