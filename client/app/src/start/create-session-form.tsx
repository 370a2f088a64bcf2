import { LIMITS } from "@flagship/core";
import { Checkbox, Field, useAction } from "@flagship/react/parts";
import { type FormEvent, useId, useState } from "react";
import { useAppT } from "../i18n/messages.ts";
import { clientOf } from "../identity/client.ts";
import { SignInFields } from "../identity/sign-in-fields.tsx";
import type { SignIn } from "../identity/use-sign-in.ts";
import { navigate, sessionPath } from "../shared/router.ts";

/** Starts a session and goes to its page, as its host. */
export function CreateSessionForm({ signIn }: { signIn: SignIn }) {
  const t = useAppT();
  const headingId = useId();
  const [title, setTitle] = useState("");
  const [anonymous, setAnonymous] = useState(false);
  const { isBusy, run } = useAction();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const identity = await signIn.signIn();
      const session = await clientOf(identity).createSession({ title: title.trim(), anonymous });
      navigate(sessionPath(session.id));
    });
  };

  return (
    <form className="flagship-card" aria-labelledby={headingId} onSubmit={submit}>
      <h2 id={headingId}>{t("create.title")}</h2>
      <SignInFields signIn={signIn} />
      <Field
        label={t("create.name")}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        maxLength={LIMITS.sessionTitleChars}
        placeholder={t("create.placeholder")}
        required
      />
      <Checkbox label={t("create.anonymous")} isChecked={anonymous} onChange={setAnonymous} />
      <button type="submit" className="flagship-primary" disabled={isBusy}>
        {t(isBusy ? "create.starting" : "create.start")}
      </button>
    </form>
  );
}
