import { type LateJoiners, LIMITS, selectSelf, type UpdateSession } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Choice } from "../people/choice.tsx";
import { useSession, useSessionState } from "../session/context.tsx";
import { EndSession } from "../session/end-session.tsx";
import { SessionTitleForm } from "../session/session-title-form.tsx";
import { Checkbox } from "../shared/checkbox.tsx";
import { Disclosure } from "../shared/disclosure.tsx";
import { Field } from "../shared/field.tsx";
import { changeInTurn } from "../shared/in-turn.ts";
import { useAction } from "../shared/use-action.ts";
import { SlowModeForm } from "./slow-mode-form.tsx";

const LATE_JOINERS: readonly LateJoiners[] = ["hold", "smallest", "previous", "choose"];

/** What participants may do by themselves, and what happens when they come, write and leave. */
export function RoundSettings() {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const session = useSessionState((state) => state.session);
  const isHost = useSessionState((state) => selectSelf(state)?.role === "host");
  const [seconds, setSeconds] = useState<string>();
  if (!session) return null;
  // What another host has changed meanwhile is refused, not overwritten.
  const update = (changes: UpdateSession) =>
    run(() =>
      changeInTurn(commands, "session", session.version, (expectedVersion) =>
        commands.updateSession({ ...changes, expectedVersion }),
      ),
    );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (seconds === undefined || seconds === "") setSeconds(undefined);
    else if (await update({ countdownMs: Number(seconds) * 1_000 })) setSeconds(undefined);
  };

  return (
    <Disclosure name={t("rules.title")}>
      <Checkbox
        label={t("rules.selfSelect")}
        isChecked={session.selfSelect}
        onChange={(selfSelect) => update({ selfSelect })}
      />
      <Checkbox
        label={t("rules.return")}
        isChecked={session.returnAllowed}
        onChange={(returnAllowed) => update({ returnAllowed })}
      />
      <form className="flagship-inline" onSubmit={(event) => void submit(event)}>
        <Field
          label={t("rules.countdown")}
          type="number"
          min={0}
          max={LIMITS.countdownMaxMs / 1_000}
          step={1}
          value={seconds ?? String(session.countdownMs / 1_000)}
          onChange={(event) => setSeconds(event.target.value)}
        />
        <button type="submit" disabled={isBusy}>
          {t("action.apply")}
        </button>
      </form>
      <Choice
        label={t("rules.late")}
        value={session.lateJoiners}
        options={LATE_JOINERS.map((one) => [one, t(`rules.late.${one}`)] as const)}
        onChoose={(lateJoiners) => void update({ lateJoiners })}
      />
      {session.chatHistory !== undefined && (
        <Checkbox
          label={t("rules.chatHistory")}
          isChecked={session.chatHistory === "round"}
          onChange={(showsRound) => update({ chatHistory: showsRound ? "round" : "stay" })}
        />
      )}
      <SlowModeForm
        slowModeMs={session.slowModeMs}
        onChange={(slowModeMs) => update({ slowModeMs })}
      />
      <SessionTitleForm title={session.title} onChange={(title) => update({ title })} />
      <Checkbox
        label={t("rules.locked")}
        isChecked={session.locked}
        onChange={(locked) => update({ locked })}
      />
      <Checkbox
        label={t("rules.recording")}
        isChecked={session.recording}
        onChange={(recording) => update({ recording })}
      />
      {isHost && <EndSession />}
    </Disclosure>
  );
}
