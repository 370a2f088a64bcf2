import type { AssignmentImport } from "@flagship/core";
import { useState } from "react";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";

/** Whether a list would bring about nothing at all. */
export function isEmpty({ newRooms, assignments, guests }: AssignmentImport): boolean {
  return newRooms.length + assignments.length + guests.length === 0;
}

/** Reads a list, and applies what it says. */
export function useImport() {
  const { commands, requests } = useSession();
  const { isBusy, run } = useAction();
  const [report, setReport] = useState<AssignmentImport>();
  return {
    report,
    isBusy,
    forget: () => setReport(undefined),
    read: (table: string) =>
      run(async () => {
        setReport(undefined);
        setReport(await requests.readAssignments(table));
      }),
    /** Whether all of it came about. What has is left out when it is tried again. */
    apply: () =>
      run(async () => {
        if (!report) return;
        const { newRooms, assignments, guests } = report;
        if (newRooms.length > 0) await commands.createRooms(newRooms);
        setReport({ ...report, newRooms: [] });
        if (assignments.length > 0) await commands.assign(assignments);
        setReport({ ...report, newRooms: [], assignments: [] });
        if (guests.length > 0) await commands.assignGuests(guests);
      }),
  };
}
