import { type FormEvent, useState } from "react";
import { useSession } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { download } from "../shared/download.ts";
import { useNotify } from "../shared/notices.tsx";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";
import { FileField } from "./file-field.tsx";
import { ImportReport } from "./import-report.tsx";
import { useImport } from "./use-import.ts";

/** Reads who goes where from a spreadsheet, and writes it for one. */
export function ListsDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const { isBusy: isSaving, run } = useAction();
  const notify = useNotify();
  const [table, setTable] = useState("");
  const { report, isBusy, read, apply, forget } = useImport();

  const change = (text: string) => {
    setTable(text);
    forget();
  };
  const take = async () => {
    const assignments = await session.requests.assignmentTable();
    download(`${session.id}-assignments.csv`, "text/csv", assignments);
  };
  const applyIt = async () => {
    if (!(await apply())) return;
    notify("info", "The list is applied.");
    onClose();
  };

  return (
    <Dialog
      title="Lists"
      description="Who goes where, as a table with a line for each person. Columns: email or name, and room; tags if you like. Nothing happens before you apply it."
      isWide
      onClose={onClose}
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void read(table);
        }}
      >
        <FileField label="A file (CSV)" onRead={change} />
        <TextArea
          label="Or the table itself"
          hint="Such as: name,room ↵ Grace,Blue ↵ linus@example.org,Red"
          value={table}
          onChange={change}
          rows={6}
          isRequired
        />
        <div className="dialog-actions">
          <button type="button" disabled={isSaving} onClick={() => void run(take)}>
            Download assignments (CSV)
          </button>
          <button type="submit" className={report ? undefined : "primary"} disabled={isBusy}>
            Read the list
          </button>
        </div>
      </form>
      {report && <ImportReport report={report} isBusy={isBusy} onApply={() => void applyIt()} />}
    </Dialog>
  );
}
