import { LIMITS, type UpdateSession } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { Checkbox } from "../shared/checkbox.tsx";
import { Field } from "../shared/field.tsx";
import { useAction } from "../shared/use-action.ts";

/** What participants may do by themselves, and how long rooms take to close. */
export function RoundSettings() {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const session = useSessionState((state) => state.session);
  const [seconds, setSeconds] = useState<string>();
  if (!session) return null;
  const update = (changes: UpdateSession) => run(() => commands.updateSession(changes));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (seconds === undefined || seconds === "") setSeconds(undefined);
    else if (await update({ countdownMs: Number(seconds) * 1_000 })) setSeconds(undefined);
  };

  return (
    <details className="settings">
      <summary>How rooms work</summary>
      <Checkbox
        label="Participants choose their room"
        isChecked={session.selfSelect}
        onChange={(selfSelect) => update({ selfSelect })}
      />
      <Checkbox
        label="Participants may return to Main"
        isChecked={session.returnAllowed}
        onChange={(returnAllowed) => update({ returnAllowed })}
      />
      <form className="inline" onSubmit={(event) => void submit(event)}>
        <Field
          label="Countdown (seconds)"
          type="number"
          min={0}
          max={LIMITS.countdownMaxMs / 1_000}
          step={1}
          value={seconds ?? String(session.countdownMs / 1_000)}
          onChange={(event) => setSeconds(event.target.value)}
        />
        <button type="submit" disabled={isBusy}>
          Apply
        </button>
      </form>
    </details>
  );
}
