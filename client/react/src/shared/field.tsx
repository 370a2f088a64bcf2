import { type InputHTMLAttributes, type ReactNode, useId } from "react";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  isLabelHidden?: boolean;
}

/** A text field with its label and a hint. */
export function Field({ label, hint, isLabelHidden = false, ...input }: FieldProps) {
  const id = useId();
  const hintId = useId();
  return (
    <div className="flagship-field">
      <label htmlFor={id} className={isLabelHidden ? "flagship-visually-hidden" : undefined}>
        {label}
      </label>
      <input id={id} type="text" aria-describedby={hint ? hintId : undefined} {...input} />
      {hint && (
        <p id={hintId} className="flagship-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
