import { useId, useState } from "react";
import { useT } from "../i18n/messages.ts";

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
  const id = useId();
  const [chosen, setChosen] = useState<T>();
  return (
    <form
      className="inline"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined && chosen !== value) onChoose(chosen);
        setChosen(undefined);
      }}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <select
          id={id}
          value={chosen ?? value}
          onChange={(event) => setChosen(event.target.value as T)}
        >
          {options.map(([option, name]) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">{t("action.apply")}</button>
    </form>
  );
}
