import { Field, useNotify } from "@flagship/react/parts";
import { type FormEvent, useId, useState } from "react";
import { useAppT } from "../i18n/messages.ts";
import { navigate, sessionIdIn, sessionPath } from "../shared/router.ts";

/** Goes to the page of a session that somebody else started. */
export function JoinSessionForm() {
  const t = useAppT();
  const headingId = useId();
  const [text, setText] = useState("");
  const notify = useNotify();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sessionId = sessionIdIn(text);
    if (sessionId) navigate(sessionPath(sessionId));
    else notify("error", t("join.wrong"));
  };

  return (
    <form className="flagship-card" aria-labelledby={headingId} onSubmit={submit}>
      <h2 id={headingId}>{t("join.title")}</h2>
      <Field
        label={t("join.link")}
        hint={t("join.hint")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        required
      />
      <button type="submit">{t("join.join")}</button>
    </form>
  );
}
