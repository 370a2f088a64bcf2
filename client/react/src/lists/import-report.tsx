import type { AssignmentImport } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { sentence } from "../shared/sentence.ts";
import { isEmpty } from "./use-import.ts";

interface ImportReportProps {
  report: AssignmentImport;
  isBusy: boolean;
  onApply: () => void;
}

/** What a list would bring about, and what of it could not be read. */
export function ImportReport({ report, isBusy, onApply }: ImportReportProps) {
  const t = useT();
  const formats = useFormats();
  const { newRooms, assignments, guests, withoutRoom, problems, problemCount } = report;
  const inNewRooms = newRooms.reduce((sum, room) => sum + (room.guests?.length ?? 0), 0);
  const rooms = t("lists.rooms", { count: newRooms.length });
  return (
    <section aria-label={t("lists.says")}>
      <p role="status">
        {t("lists.summary", {
          people: t("lists.people", { count: assignments.length }),
          guests: t("lists.guests", { count: guests.length }),
          rooms:
            newRooms.length === 0
              ? rooms
              : t("lists.roomsNamed", {
                  rooms,
                  names: formats.list(newRooms.map(({ name }) => name)),
                }),
          inside: inNewRooms,
          count: newRooms.length,
          without: withoutRoom,
        })}
      </p>
      {problemCount > 0 && (
        <div className="flagship-warning">
          <p>{t("lists.problems", { count: problemCount })}</p>
          <ul className="flagship-problems">
            {problems.map(({ line, column, message }) => (
              <li key={`${line} ${column} ${message}`}>{sentence(message)}</li>
            ))}
            {problemCount > problems.length && (
              <li>{t("lists.moreProblems", { count: problemCount - problems.length })}</li>
            )}
          </ul>
        </div>
      )}
      <div className="flagship-dialog-actions">
        <button
          type="button"
          className="flagship-primary"
          disabled={isBusy || isEmpty(report)}
          onClick={onApply}
        >
          {t("lists.apply")}
        </button>
      </div>
    </section>
  );
}
