import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Field } from "../shared/field.tsx";

interface SlowModeFormProps {
  slowModeMs: number | null;
  /** Gives whether it came about. */
  onChange: (slowModeMs: number | null) => Promise<boolean>;
}

/** Says how long participants wait between two messages. */
export function SlowModeForm({ slowModeMs, onChange }: SlowModeFormProps) {
  const t = useT();
  const [seconds, setSeconds] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (seconds === undefined) return;
    if (await onChange(seconds === "" ? null : Number(seconds) * 1_000)) setSeconds(undefined);
  };

  return (
    <form className="flagship-inline" onSubmit={(event) => void submit(event)}>
      <Field
        label={t("roomForm.slowMode")}
        placeholder={t("roomForm.off")}
        type="number"
        min={LIMITS.slowModeMinMs / 1_000}
        max={LIMITS.slowModeMaxMs / 1_000}
        step={1}
        value={seconds ?? (slowModeMs === null ? "" : slowModeMs / 1_000)}
        onChange={(event) => setSeconds(event.target.value)}
      />
      <button type="submit">{t("action.apply")}</button>
    </form>
  );
}
