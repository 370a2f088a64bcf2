import type { FlagshipError } from "@flagship/core";
import { sentence, useSession } from "@flagship/react/parts";

/** Why the connection ended for good, and what can be done. */
export function Stopped({ error, onSignOut }: { error: FlagshipError; onSignOut: () => void }) {
  const session = useSession();
  const isAboutToken = error.code === "unauthorized" || error.code === "token";
  return (
    <div className="banner error" role="alert">
      <p>{sentence(error.message)}</p>
      {isAboutToken ? (
        <button type="button" onClick={onSignOut}>
          Sign in again
        </button>
      ) : (
        <button type="button" onClick={() => session.connect()}>
          Try again
        </button>
      )}
      <a href="/">To the start page</a>
    </div>
  );
}
