import type { AssignmentImport } from "@flagship/core";
import { sentence } from "../shared/sentence.ts";
import { isEmpty } from "./use-import.ts";

interface ImportReportProps {
  report: AssignmentImport;
  isBusy: boolean;
  onApply: () => void;
}

/** What a list would bring about, and what of it could not be read. */
export function ImportReport({ report, isBusy, onApply }: ImportReportProps) {
  const { newRooms, assignments, guests, withoutRoom, problems, problemCount } = report;
  const inNewRooms = newRooms.reduce((sum, room) => sum + (room.guests?.length ?? 0), 0);
  return (
    <section aria-label="What the list says">
      <p role="status">
        {count(assignments.length, "person who is here", "people who are here")},{" "}
        {count(guests.length, "guest who is expected", "guests who are expected")},{" "}
        {count(newRooms.length, "new room", "new rooms")}
        {newRooms.length > 0 && ` (${newRooms.map(({ name }) => name).join(", ")})`} with{" "}
        {inNewRooms} in {newRooms.length === 1 ? "it" : "them"}, {withoutRoom} without a room.
      </p>
      {problemCount > 0 && (
        <div className="warning">
          <p>{count(problemCount, "line", "lines")} could not be read and would be left out:</p>
          <ul className="problems">
            {problems.map(({ line, column, message }) => (
              <li key={`${line} ${column} ${message}`}>{sentence(message)}</li>
            ))}
            {problemCount > problems.length && <li>and {problemCount - problems.length} more.</li>}
          </ul>
        </div>
      )}
      <div className="dialog-actions">
        <button
          type="button"
          className="primary"
          disabled={isBusy || isEmpty(report)}
          onClick={onApply}
        >
          Apply the list
        </button>
      </div>
    </section>
  );
}

const count = (number: number, one: string, many: string) =>
  `${number} ${number === 1 ? one : many}`;
