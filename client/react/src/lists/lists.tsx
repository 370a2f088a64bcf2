import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { download } from "../shared/download.ts";
import { useNotify } from "../shared/notices.tsx";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";
import { FileField } from "./file-field.tsx";
import { ImportReport } from "./import-report.tsx";
import { useImport } from "./use-import.ts";

/** Reads who goes where from a spreadsheet, and writes it for one. */
export function Lists({ onClose }: { onClose: () => void }) {
  const t = useT();
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
    notify("info", t("lists.applied"));
    onClose();
  };

  return (
    <>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void read(table);
        }}
      >
        <FileField label={t("lists.file")} onRead={change} />
        <TextArea
          label={t("lists.table")}
          hint={t("lists.example")}
          value={table}
          onChange={change}
          rows={6}
          isRequired
        />
        <div className="flagship-dialog-actions">
          <button type="button" disabled={isSaving} onClick={() => void run(take)}>
            {t("lists.download")}
          </button>
          <button
            type="submit"
            className={report ? undefined : "flagship-primary"}
            disabled={isBusy}
          >
            {t("lists.read")}
          </button>
        </div>
      </form>
      {report && <ImportReport report={report} isBusy={isBusy} onApply={() => void applyIt()} />}
    </>
  );
}
