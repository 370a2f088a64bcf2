import { LIMITS } from "@flagship/core";
import { Field, strong } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";
import type { SignIn } from "./use-sign-in.ts";

/** Who one is, or the fields that ask. They belong in a form whose submit calls `signIn`. */
export function SignInFields({ signIn }: { signIn: SignIn }) {
  const t = useAppT();
  const { identity, offered } = signIn;
  if (identity) {
    return (
      <p className="flagship-whoami">
        {t.rich("identity.you", { name: identity.alias, strong })}{" "}
        <button type="button" className="flagship-plain" onClick={signIn.signOut}>
          {t("identity.other")}
        </button>
      </p>
    );
  }
  return (
    <>
      {signIn.asks === "alias" ? (
        <Field
          label={t("identity.name")}
          hint={t("identity.nameHint")}
          value={signIn.entered}
          onChange={(event) => signIn.enter(event.target.value)}
          maxLength={LIMITS.aliasChars}
          autoComplete="nickname"
          required
        />
      ) : (
        <Field
          label={t("identity.token")}
          hint={t("identity.tokenHint")}
          value={signIn.entered}
          onChange={(event) => signIn.enter(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          required
        />
      )}
      {offered && signIn.asks === "alias" && (
        <p className="flagship-whoami">
          <button type="button" onClick={signIn.acceptOffer}>
            {t("identity.continue", { name: offered.alias })}
          </button>
        </p>
      )}
    </>
  );
}
