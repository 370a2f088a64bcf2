import { Field, useNotify } from "@flagship/react/parts";
import { type FormEvent, useId, useState } from "react";
import { navigate, sessionIdIn, sessionPath } from "../shared/router.ts";

/** Goes to the page of a session that somebody else started. */
export function JoinSessionForm() {
  const headingId = useId();
  const [text, setText] = useState("");
  const notify = useNotify();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sessionId = sessionIdIn(text);
    if (sessionId) navigate(sessionPath(sessionId));
    else notify("error", "This is neither a session's link nor its id. Ask the host for the link.");
  };

  return (
    <form className="card" aria-labelledby={headingId} onSubmit={submit}>
      <h2 id={headingId}>Join a session</h2>
      <Field
        label="Link or id"
        hint="The host has it: “Copy link” at the top of the session's page."
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        required
      />
      <button type="submit">Join session</button>
    </form>
  );
}
