import { useState } from "react";

interface CheckboxProps {
  label: string;
  isChecked: boolean;
  /** A change that takes a while shows at once, and is taken back if it did not come about. */
  onChange: (isChecked: boolean) => unknown;
}

/** Something that is so or not. */
export function Checkbox({ label, isChecked, onChange }: CheckboxProps) {
  const [wanted, setWanted] = useState<boolean>();

  const change = async (checked: boolean) => {
    setWanted(checked);
    await onChange(checked);
    setWanted(undefined);
  };

  return (
    <label className="flagship-checkbox">
      <input
        type="checkbox"
        checked={wanted ?? isChecked}
        onChange={(event) => void change(event.target.checked)}
      />
      {label}
    </label>
  );
}
