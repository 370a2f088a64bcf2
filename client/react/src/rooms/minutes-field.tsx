import { LIMITS } from "@flagship/core";
import { Field } from "../shared/field.tsx";

export const MINUTE_MS = 60_000;

interface MinutesFieldProps {
  label: string;
  placeholder?: string;
  /** Whole minutes; empty for no timer. */
  value: string;
  onChange: (minutes: string) => void;
}

/** How long rooms are to be open. */
export function MinutesField({ onChange, ...field }: MinutesFieldProps) {
  return (
    <Field
      type="number"
      min={1}
      max={LIMITS.timerMaxMs / MINUTE_MS}
      step={1}
      onChange={(event) => onChange(event.target.value)}
      {...field}
    />
  );
}
