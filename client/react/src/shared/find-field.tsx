import { useId } from "react";

interface FindFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** How many were found, in words. */
  found: string;
}

/** Narrows a list as one types. Escape empties it. */
export function FindField({ label, value, onChange, found }: FindFieldProps) {
  const id = useId();
  return (
    <div className="flagship-find">
      <label htmlFor={id} className="flagship-visually-hidden">
        {label}
      </label>
      <input
        id={id}
        type="search"
        value={value}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.preventDefault();
          onChange("");
        }}
      />
      <p className="flagship-hint" role="status">
        {value.trim() !== "" && found}
      </p>
    </div>
  );
}
