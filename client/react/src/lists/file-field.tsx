import { useId } from "react";
import { useAction } from "../shared/use-action.ts";

interface FileFieldProps {
  label: string;
  onRead: (text: string) => void;
}

/** A file to be read as text. */
export function FileField({ label, onRead }: FileFieldProps) {
  const id = useId();
  const { run } = useAction();
  return (
    <div className="flagship-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv,text/plain"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void run(async () => onRead(await file.text()));
        }}
      />
    </div>
  );
}
