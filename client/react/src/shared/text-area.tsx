import { type ReactNode, useId } from "react";

interface TextAreaProps {
  label: string;
  hint?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** Most characters. */
  max?: number;
  rows?: number;
  isRequired?: boolean;
}

/** A field for several lines, with its label and a hint. */
export function TextArea({
  label,
  hint,
  value,
  onChange,
  max,
  rows = 3,
  isRequired = false,
}: TextAreaProps) {
  const id = useId();
  const hintId = useId();
  return (
    <div className="flagship-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        maxLength={max}
        required={isRequired}
        aria-describedby={hint ? hintId : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <p id={hintId} className="flagship-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
