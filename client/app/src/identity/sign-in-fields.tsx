import { LIMITS } from "@flagship/core";
import { Field } from "@flagship/react/parts";
import type { SignIn } from "./use-sign-in.ts";

/** Who one is, or the fields that ask. They belong in a form whose submit calls `signIn`. */
export function SignInFields({ signIn }: { signIn: SignIn }) {
  const { identity, offered } = signIn;
  if (identity) {
    return (
      <p className="whoami">
        You are <strong>{identity.alias}</strong>.{" "}
        <button type="button" className="plain" onClick={signIn.signOut}>
          Be somebody else
        </button>
      </p>
    );
  }
  return (
    <>
      {signIn.asks === "alias" ? (
        <Field
          label="Your name"
          hint="What others in the session see."
          value={signIn.entered}
          onChange={(event) => signIn.enter(event.target.value)}
          maxLength={LIMITS.aliasChars}
          autoComplete="nickname"
          required
        />
      ) : (
        <Field
          label="Your token"
          hint="This service signs people in with tokens of your organisation: sign in there, copy the token (a JWT) and paste it here. It is kept in this window only."
          value={signIn.entered}
          onChange={(event) => signIn.enter(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          required
        />
      )}
      {offered && signIn.asks === "alias" && (
        <p className="whoami">
          <button type="button" onClick={signIn.acceptOffer}>
            Continue as {offered.alias}
          </button>
        </p>
      )}
    </>
  );
}
