import { useState } from "react";
import { useT } from "../i18n/messages.ts";
import { Select } from "../shared/select.tsx";

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, name: string])[];
  onChoose: (value: T) => void;
}

/**
 * A list to choose from. It takes a button to apply: arrow keys change a closed list, and a person must not be
 * moved through every room on the way.
 */
export function Choice<T extends string>({ label, value, options, onChoose }: ChoiceProps<T>) {
  const t = useT();
  const [chosen, setChosen] = useState<T>();
  return (
    <form
      className="flagship-inline"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined && chosen !== value) onChoose(chosen);
        setChosen(undefined);
      }}
    >
      <Select label={label} value={chosen ?? value} options={options} onChange={setChosen} />
      <button type="submit">{t("action.apply")}</button>
    </form>
  );
}
