import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Field } from "../shared/field.tsx";

interface SessionTitleFormProps {
  title: string;
  /** Gives whether it came about. */
  onChange: (title: string) => Promise<boolean>;
}

/** Gives the session another title. */
export function SessionTitleForm({ title, onChange }: SessionTitleFormProps) {
  const t = useT();
  const [wanted, setWanted] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const trimmed = (wanted ?? "").trim();
    if (trimmed === "" || trimmed === title) setWanted(undefined);
    else if (await onChange(trimmed)) setWanted(undefined);
  };

  return (
    <form className="flagship-inline" onSubmit={(event) => void submit(event)}>
      <Field
        label={t("title.label")}
        value={wanted ?? title}
        onChange={(event) => setWanted(event.target.value)}
        maxLength={LIMITS.sessionTitleChars}
        required
      />
      <button type="submit">{t("action.rename")}</button>
    </form>
  );
}
